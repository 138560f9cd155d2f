import { referencesOf } from '../../shared/domain/effects.ts';
import { type Body, type DomainEntry, type EntryType, parseEntry } from '../../shared/domain/entries.ts';
import type { Finding } from '../../shared/domain/findings.ts';
import { fold } from '../../shared/domain/fold.ts';
import { judge, type Target } from '../../shared/domain/judge.ts';
import { STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import type { Policy } from '../../shared/domain/policy/schema.ts';
import { emptyState, type FoldRecord, type Signed, type State } from '../../shared/domain/state.ts';

/** A log without bytes: entries judged and folded as the gate does it, and nothing else. */
export class Bench {
  readonly state: State = emptyState();
  readonly log: FoldRecord[] = [];
  now = Date.parse('2026-01-05T16:00:00.000Z');
  #ids = 0;

  id(): string {
    this.#ids += 1;
    return `01900000-0000-7000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  entry<T extends EntryType>(by: string, type: T, body: Body<T>, at = this.now): DomainEntry {
    const after = this.log.at(-1)?.hash ?? '0'.repeat(64);
    const parsed = parseEntry({ id: this.id(), type, at: new Date(at).toISOString(), after, by, body });
    if (!parsed.ok) throw new Error(`${parsed.where}: ${parsed.message}`);
    return parsed.entry;
  }

  judge(entry: DomainEntry, witness?: string, ...more: readonly Signed[]): Finding[] {
    const target = this.#target(entry);
    return judge(this.state, {
      ...{ entry, signatures: [...this.#signed(entry, witness), ...more], device: DEVICE },
      recorded: new Date(this.now).toISOString(),
      ...(target === undefined ? {} : { target }),
    });
  }

  /** Takes the entry in where no rule refuses it. Gives the findings. */
  take(entry: DomainEntry, witness?: string, ...more: readonly Signed[]): Finding[] {
    const findings = this.judge(entry, witness, ...more);
    if (findings.some((finding) => finding.severity === 'refuse')) return findings;
    const seq = this.log.length;
    const record: FoldRecord = {
      ...{ seq, hash: seq.toString(16).padStart(64, '0'), entry },
      ...{
        recorded: new Date(this.now).toISOString(),
        signatures: [...this.#signed(entry, witness), ...more],
      },
    };
    this.log.push(record);
    fold(this.state, record, this.#target(entry)?.entry);
    return findings;
  }

  act<T extends EntryType>(by: string, type: T, body: Body<T>, witness?: string): FoldRecord {
    const refused = this.take(this.entry(by, type, body), witness).find((f) => f.severity === 'refuse');
    const record = this.log.at(-1);
    if (refused || !record) throw new Error(refused?.message ?? 'nothing was taken');
    return record;
  }

  #signed(entry: DomainEntry, witness?: string): Signed[] {
    const at = new Date(this.now).toISOString();
    const performer: Signed = { as: 'performer', by: entry.by, at };
    return witness === undefined ? [performer] : [performer, { as: 'witness', by: witness, at }];
  }

  #target(entry: DomainEntry): Target | undefined {
    const [id] = referencesOf(entry);
    const record = this.log.find((r) => r.entry.id === id);
    if (!record) return undefined;
    const naming = (of: string) => this.log.map((r) => r.entry).filter((e) => referencesOf(e).includes(of));
    const referrers = naming(record.entry.id).filter((e) => !naming(e.id).some((n) => n.type === 'reversal'));
    const beside = record.signatures.slice(1).map(({ by }) => by);
    return { entry: record.entry, hash: record.hash, beside, referrers };
  }
}

export const DEVICE = '01900000-0000-7000-8000-00000000d001';
export const BOSS = '01900000-0000-7000-8000-00000000a001';
export const TECH = '01900000-0000-7000-8000-00000000a002';
export const AUDITOR = '01900000-0000-7000-8000-00000000a003';
export const PRODUCT = '01900000-0000-7000-8000-00000000b001';
const KEY = 'A'.repeat(43);

/** A ledger with a registrant, a technician, an auditor and one product in mL. */
export function started(policy: Policy = STRICT_POLICY): Bench {
  const bench = new Bench();
  bench.act(BOSS, 'ledger.created', {
    ...{ ledger: bench.id(), device: { id: DEVICE, publicKey: KEY, name: 'Device' }, policy, demo: false },
    registrant: { id: BOSS, name: 'Boss', publicKey: KEY },
    facility: { name: 'F', address: 'A', deaNumber: 'FD1234563', timeZone: 'America/Denver' },
  });
  for (const [id, role] of [
    [TECH, 'technician'],
    [AUDITOR, 'auditor'],
  ] as const) {
    bench.act(BOSS, 'staff.enrolled', { staff: { id, name: role, role, publicKey: KEY } });
  }
  bench.act(BOSS, 'product.added', {
    product: {
      ...{ id: PRODUCT, name: 'Ketamine', form: 'injection', schedule: 'II', unit: 'mL', holds: '10' },
      gtins: ['00359399114103'],
    },
  });
  return bench;
}

export function receive(bench: Bench, number: string, quantity = '10', expires = '2030-01-01'): string {
  const id = bench.id();
  bench.act(BOSS, 'container.received', {
    containers: [{ id, number, product: PRODUCT, lot: 'L', expires, quantity, unit: 'mL' }],
  });
  return id;
}
