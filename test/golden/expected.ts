import type { PackageAnswer } from '../../workers/package/check-file.ts';

/**
 * The verdict that a golden file's name promises:
 * `package.valid.<what>.zip`, `package.<integrity code>.<what>[.seq-N].zip`,
 * `package.conformity.<code>.<what>[.seq-N].zip`, `package.refused.<code>.<what>.zip`.
 */
export type Expected = {
  readonly kind: 'valid' | 'integrity' | 'conformity' | 'refused';
  readonly code: string;
  readonly seq: number | null;
};

export function expectedOf(name: string): Expected {
  const [, first = '', second = ''] = name.split('.');
  const seq = /\.seq-(\d+)\./.exec(name)?.[1];
  const at = seq === undefined ? null : Number(seq);
  if (first === 'valid') return { kind: 'valid', code: '', seq: null };
  if (first === 'conformity' || first === 'refused') return { kind: first, code: second, seq: at };
  return { kind: 'integrity', code: first, seq: at };
}

/** What an answer came to, in the same terms: one failure, or one finding, and where. */
export function foundIn(answer: PackageAnswer): Expected | { readonly several: readonly unknown[] } {
  if (answer.kind === 'refused') return { kind: 'refused', code: answer.code, seq: null };
  const { integrity, conformity } = answer.verdict;
  if (!integrity.ok) return single('integrity', integrity.failures);
  const breaches = conformity.findings.filter(({ severity }) => severity === 'breach');
  if (!conformity.ok) return single('conformity', breaches);
  return { kind: 'valid', code: '', seq: null };
}

function single(
  kind: 'integrity' | 'conformity',
  found: readonly { readonly code: string; readonly seq?: number }[],
): Expected | { readonly several: readonly unknown[] } {
  const [one, ...more] = found;
  return one && more.length === 0 ? { kind, code: one.code, seq: one.seq ?? null } : { several: found };
}
