import { expect } from 'vitest';
import type { EntryType } from '../../shared/domain/entries.ts';
import { BASE_PERFORMERS, WITNESSES } from '../../shared/domain/policy/base.ts';
import { PROPOSABLE } from '../../shared/domain/policy/faults.ts';
import { policyActOf } from '../../shared/domain/policy/schema.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { FoldRecord } from '../../shared/domain/state.ts';

type Lift = { staff: string; role: Role; until: string; once: boolean };

/** Books of one's own: who is here, who was made more for how long, and who had which part in what. */
export class Books {
  readonly roles = new Map<string, Role>();
  readonly until = new Map<string, string>();
  readonly gone = new Set<string>();
  readonly lifts = new Map<string, Lift>();
  readonly proposed = new Map<string, { by: string; approved?: string }>();
  /** Who had a part in each entry, whoever signs for it later. */
  readonly parts = new Map<string, readonly string[]>();

  /** Looks at what was taken before it takes effect. */
  look({ entry, signatures, recorded }: FoldRecord): void {
    expect(new Set(signatures.map(({ by }) => by)).size, 'one person, one part').toBe(signatures.length);
    for (const { as, by } of signatures) {
      expect(this.gone.has(by), 'a disabled person signed').toBe(false);
      expect((this.until.get(by) ?? recorded) >= recorded, 'somebody whose day is over signed').toBe(true);
      if (as === 'performer' || as === 'witness') this.#rests(entry.type, as, by, recorded);
    }
    this.#parts(entry, signatures);
    this.#later(entry, signatures);
  }

  /** A witness who comes later, or beside a proposal that is carried out, has had no part in it. */
  #later(entry: FoldRecord['entry'], signatures: FoldRecord['signatures']): void {
    const made = 'proposal' in entry.body ? this.proposed.get(entry.body.proposal ?? '') : undefined;
    const before = made ? [made.by, ...(made.approved === undefined ? [] : [made.approved])] : [];
    if (!entry.type.startsWith('proposal.')) {
      for (const { as, by } of signatures) {
        if (as === 'witness') expect(before, 'witness of what they proposed or approved').not.toContain(by);
      }
    }
    this.parts.set(entry.id, [...before, ...signatures.map(({ by }) => by)]);
    if (entry.type !== 'cosign') return;
    expect(this.parts.get(entry.body.entry), 'late witness of an act that they had a part in').not.toContain(
      entry.by,
    );
  }

  /** On their own role, or on an elevation that is neither over, ended nor used up. */
  #rests(type: EntryType, as: 'performer' | 'witness', by: string, recorded: string): void {
    const act = policyActOf(type);
    if (act === undefined) return;
    const roles = as === 'performer' ? BASE_PERFORMERS[act] : WITNESSES;
    const own = this.roles.get(by);
    if (own !== undefined && roles.includes(own)) return;
    const lifts = [...this.lifts].filter(
      ([, one]) => one.staff === by && one.until >= recorded && roles.includes(one.role),
    );
    expect(lifts.length, `${own} as ${as} of ${type} without an elevation`).toBeGreaterThan(0);
    if (lifts.every(([, { once }]) => once)) this.lifts.delete(lifts[0]?.[0] ?? '');
  }

  #parts(entry: FoldRecord['entry'], signatures: FoldRecord['signatures']): void {
    const approver = signatures.find(({ as }) => as === 'approver')?.by;
    if (entry.type === 'access.elevated' || entry.type === 'patients.erased') {
      expect(approver === undefined || approver === entry.by, 'nobody approved it').toBe(false);
    }
    const subject = 'staff' in entry.body && typeof entry.body.staff === 'object' ? entry.body.staff.id : '';
    if (approver !== undefined) expect(approver, 'approved what is about them').not.toBe(subject);
    if (entry.type === 'proposal.approved') {
      const made = this.proposed.get(entry.body.proposal);
      expect(made, 'approved what nobody proposed').toBeDefined();
      expect(made?.by, 'approved their own').not.toBe(entry.by);
    }
    if ('proposal' in entry.body && PROPOSABLE.some((act) => act === entry.type)) {
      const made = this.proposed.get(entry.body.proposal ?? '');
      if (entry.body.proposal === undefined) return;
      expect(made?.approved, 'carried out what nobody approved').toBeDefined();
      expect(made?.approved, 'approved it and carried it out').not.toBe(entry.by);
    }
  }

  take({ entry }: FoldRecord): void {
    switch (entry.type) {
      case 'ledger.created':
        this.roles.set(entry.body.registrant.id, 'registrant');
        return;
      case 'staff.enrolled':
        this.roles.set(entry.body.staff.id, entry.body.staff.role);
        return;
      case 'staff.admitted':
        this.roles.set(entry.body.staff.id, 'witness');
        this.until.set(entry.body.staff.id, entry.body.until);
        return;
      case 'staff.changed':
        if (entry.body.staff.role) this.roles.set(entry.body.staff.id, entry.body.staff.role);
        if (entry.body.proposal) this.proposed.delete(entry.body.proposal);
        return;
      case 'staff.disabled':
        this.gone.add(entry.body.staff.id);
        return;
      case 'access.elevated': {
        const { elevation, staff, role, until, once } = entry.body;
        this.lifts.set(elevation, { staff: staff.id, role, until, once });
        return;
      }
      case 'access.ended':
        this.lifts.delete(entry.body.elevation);
        return;
      case 'proposal.made':
        this.proposed.set(entry.id, { by: entry.by });
        return;
      case 'proposal.approved': {
        const made = this.proposed.get(entry.body.proposal);
        if (made) made.approved = entry.by;
        return;
      }
      case 'proposal.rejected':
        this.proposed.delete(entry.body.proposal);
    }
  }
}
