import type { ProposedAct } from '../domain/bodies/proposals.ts';
import type { EntryType, Product } from '../domain/entries.ts';
import type { SourceId } from '../domain/policy/source-ids.ts';
import type { Schedule } from '../domain/schema.ts';

/** What the ledger says about second people: who may do, approve and witness what, and what waits for whom. */
export interface ApprovalService {
  /** Whether somebody else has to approve an act of `by` (empty while nobody is chosen), and who may. */
  approval(question: ActQuestion & { by: string }): Promise<ApprovalAnswer>;
  /** Who may do this now, as far as the people go: those whose signature as performer the gate would take. */
  whoMay(question: ActQuestion): Promise<string[]>;
  /** What is proposed and stands open, and what became of the last ones. */
  proposals(): Promise<ProposalsView>;
  /** How many proposals stand open. */
  openProposals(): Promise<number>;
}

/** An act as far as what it is about goes. The body is held against the schema of its type. */
export type ActQuestion = {
  type: EntryType;
  body: unknown;
  /** Products that will be in the list by then. */
  adding?: readonly Product[];
};

export type ApprovalAnswer =
  | { due: 'no' }
  /** The policy wants one, and nobody else here could be it: the record says so. */
  | { due: 'nobody'; sources: readonly SourceId[] }
  | {
      due: 'yes';
      sources: readonly SourceId[];
      /** Ids of those who may approve. */
      approvers: readonly string[];
      /** True where the approver may sign beside the performer; false where three people have to do it. */
      beside: boolean;
      /** True where it may be proposed, and approved later. */
      proposable: boolean;
    };

/** One line of what a proposal would change; `before` where there is something now. */
export type ProposedChange = { what: string; before?: string; after: string };

export type ProposalView = {
  id: string;
  seq: number;
  /** Hash of the record that made it: goes into the answer. */
  record: string;
  act: ProposedAct;
  /** The act in a sentence, as the ledger will show it. */
  summary: string;
  changes: readonly ProposedChange[];
  schedules: readonly Schedule[];
  reason: string;
  by: string;
  byName: string;
  at: string;
  approved?: { by: string; byName: string; at: string };
  /** Who carries it out is neither who proposed nor who approved it. */
  threePeople: boolean;
  mayApprove: readonly string[];
  mayReject: readonly string[];
  /** Those who could carry it out, were it approved by somebody else. */
  mayCarryOut: readonly string[];
  witness: 'now' | 'late' | 'none';
  mayWitness: readonly string[];
  /** Why it could not be carried out any more: what it is about has changed since. */
  stale?: string;
};

export type ClosedProposal = {
  id: string;
  seq: number;
  summary: string;
  byName: string;
  at: string;
  approvedByName?: string;
  end: {
    kind: 'carried-out' | 'rejected' | 'withdrawn';
    seq: number;
    byName: string;
    at: string;
    reason?: string;
  };
};

/** Open ones with the longest-waiting first, closed ones with the newest first. */
export type ProposalsView = { open: ProposalView[]; closed: ClosedProposal[] };
