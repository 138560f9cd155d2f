import type { LogRow } from '../../shared/verifier/log-rows.ts';

export type ContainerLog = {
  readonly id: string;
  readonly number: string;
  readonly lot: string;
  readonly expires: string;
  readonly unit: string;
  /** After the last act. */
  readonly balance: string;
  readonly rows: readonly LogRow[];
};

export type DrugLog = { readonly drug: string; readonly containers: readonly ContainerLog[] };

/** Rows by drug, strength and container, each in the order of the log; drugs and numbers by code units. */
export function groupRows(rows: readonly LogRow[]): DrugLog[] {
  const byContainer = new Map<string, LogRow[]>();
  for (const row of rows) {
    const own = byContainer.get(row.container);
    if (own) own.push(row);
    else byContainer.set(row.container, [row]);
  }
  const byDrug = new Map<string, ContainerLog[]>();
  for (const [id, own] of byContainer) {
    const last = own.at(-1);
    if (!last) continue;
    const { number, lot, expires, unit, balance } = last;
    const drug = [last.drug, last.strength].filter((part) => part !== '').join(' ');
    const containers = byDrug.get(drug) ?? [];
    containers.push({ id, number, lot, expires, unit, balance, rows: own });
    byDrug.set(drug, containers);
  }
  return [...byDrug]
    .map(([drug, containers]) => ({
      drug,
      containers: containers.sort((a, b) => (a.number < b.number ? -1 : 1)),
    }))
    .sort((a, b) => (a.drug < b.drug ? -1 : 1));
}
