import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { BODIES } from '../../shared/domain/entries.ts';
import type { ActQuestion, ApprovalAnswer } from '../../shared/protocol/approvals.ts';
import type { Signer } from '../../shared/protocol/ledger.ts';
import type { Doing } from '../../shared/ui/capture/record.ts';
import { NO_SIGNING, type Signing, signingFaults } from '../../shared/ui/capture/Signature.tsx';
import { cleanLine } from '../../shared/ui/format.ts';
import { service } from './ledger.ts';
import { useQuery } from './use-query.ts';

export type ApprovalFaults = { by?: string; pin?: string; reason?: string };
export type Approving = ReturnType<typeof useApproval>;

const NOT_DUE: ApprovalAnswer = { due: 'no' };
const REASON_MAX = 200;

/**
 * Whether somebody else has to approve an act of `by`, by the ledger's own answer, and what they and the person
 * choose: the approver signs beside, or it is proposed and approved later. `asks` is the act as far as it is known:
 * what is still missing may stand as anything that fits.
 */
export function useApproval(asks: ActQuestion | null, by: string) {
  const key = asks === null ? '' : JSON.stringify([asks, by]);
  const loaded = useQuery(async () => (asks === null ? NOT_DUE : service.approval({ ...asks, by })), key);
  const answer = loaded.state === 'ready' ? loaded.value : NOT_DUE;
  const [later, setLater] = useState(false);
  const [signing, setSigning] = useState<Signing>(NO_SIGNING);
  const [typed, setTyped] = useState<string | null>(null);
  const [faults, setFaults] = useState<ApprovalFaults>({});
  const due = answer.due === 'yes';
  const proposing = due && answer.proposable && (later || !answer.beside);
  /** What was missing is not missing any more once somebody has touched it. */
  const touched =
    <T>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setFaults({});
    };
  const reason = typed ?? ownReason(asks?.body);

  return {
    ...{ answer, signing, faults, proposing, setLater, reason },
    setSigning: touched(setSigning),
    setReason: touched(setTyped),
    /** Shows what is missing; true when nothing is. */
    check: (): boolean => {
      const found = !due ? {} : proposing ? reasonFaults(reason) : approverFaults(signing, by);
      setFaults(found);
      return Object.keys(found).length === 0;
    },
    /** The act as it goes into the ledger: signed by the approver too, or as a proposal of it. */
    doing: (act: Doing): Doing =>
      proposing
        ? proposalOf(act, cleanLine(reason))
        : { ...act, signers: [...act.signers, ...beside(due, signing)] },
  };
}

const beside = (due: boolean, signing: Signing): Signer[] => (due ? [{ as: 'approver', ...signing }] : []);

const reasonFaults = (reason: string): ApprovalFaults =>
  cleanLine(reason) === '' ? { reason: 'Say why, for whoever approves it.' } : {};

function approverFaults(signing: Signing, performer: string): ApprovalFaults {
  if (signing.by !== '' && signing.by === performer) {
    return { by: 'Nobody approves their own act. Pick another person.' };
  }
  return signingFaults(signing);
}

/** What the act itself gives as its reason; a dash stands for one that is not written yet. */
function ownReason(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  // The reason of a closing is a word from a list.
  const said = 'note' in body ? body.note : 'reason' in body && !('adjustment' in body) ? body.reason : '';
  return typeof said === 'string' && said !== '-' ? said.slice(0, REASON_MAX) : '';
}

/** A proposal of the act, which only the proposer signs. What cannot be proposed stays as it is, for the gate to judge. */
function proposalOf(act: Doing, reason: string): Doing {
  const { type, body, by, signers } = act;
  const proposed = v.safeParse(BODIES['proposal.made'], { act: { type, body }, reason });
  if (!proposed.success) return act;
  return {
    ...{ type: 'proposal.made', by, body: proposed.output },
    signers: signers.filter(({ as }) => as === 'performer'),
  };
}

/** What the receipt of a proposal says. */
export const proposedLines = (said: string): string[] => [
  `Proposed: ${said}`,
  'Nothing has changed yet: somebody who may has to approve it, under Approvals.',
];
