/** One measured figure, beside the limit that was measured or set in the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What `value` is held against, and how. Absent for figures that are only told. */
  readonly limit?: { readonly at: 'most' | 'least'; readonly value: number };
};

/** The value below which `part` (0 to 1) of the sorted samples lie. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

export const meets = ({ value, limit }: Figure): boolean =>
  limit === undefined || (limit.at === 'most' ? value <= limit.value : value >= limit.value);
