import type { StaffView } from '../../shared/protocol/views.ts';
import { Signature } from '../../shared/ui/capture/Signature.tsx';
import { Choices, TextField } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import type { Approving } from './use-approval.ts';

/**
 * The second person's part of a form: nothing where nobody has to approve; else a name and a PIN beside the first,
 * or the choice to propose it. `refusal` is what the ledger said against the approver's signature.
 */
export function ApprovalStep(props: {
  approving: Approving;
  staff: readonly StaffView[];
  performer: string;
  refusal?: string | undefined;
}) {
  const { approving, staff, performer } = props;
  const { answer, proposing, faults } = approving;
  if (answer.due === 'no') return null;
  if (answer.due === 'nobody') {
    return (
      <Notice quiet>
        A second person would have to approve this, and nobody else here may. The record says so.
      </Notice>
    );
  }
  const approvers = staff.filter((person) => answer.approvers.includes(person.id));
  const both = answer.beside && answer.proposable;
  return (
    <div class="stack approval-step">
      {both ? (
        <Choices
          legend="Another person approves this"
          name="approval"
          value={proposing ? 'later' : 'beside'}
          options={[
            { value: 'beside', label: 'They are here and sign too' },
            { value: 'later', label: 'Nobody is here: propose it, somebody approves later' },
          ]}
          onInput={(how) => approving.setLater(how === 'later')}
        />
      ) : null}
      {answer.beside ? null : (
        <Notice quiet>Three people do this: one proposes, one approves, another carries it out.</Notice>
      )}
      {proposing ? (
        <>
          <TextField
            label="Why, for whoever approves"
            maxLength={200}
            value={approving.reason}
            error={faults.reason}
            onInput={approving.setReason}
          />
          <p class="muted small">
            {approvers.length === 0
              ? 'Nobody who may approve this is enrolled yet.'
              : `May approve: ${approvers.map(({ name }) => name).join(', ')}. Until then nothing changes.`}
          </p>
        </>
      ) : (
        <Signature
          who="Approved by, another person"
          people={withPerformer(approvers, staff, performer).filter((person) => person.hasKey)}
          performer={performer}
          remark="did this, cannot approve it"
          value={approving.signing}
          errors={{ by: faults.by, pin: faults.pin ?? props.refusal }}
          onInput={approving.setSigning}
        />
      )}
    </div>
  );
}

/** Whoever does it stands in the list too, marked: nobody wonders where their name went. */
function withPerformer(
  approvers: readonly StaffView[],
  staff: readonly StaffView[],
  performer: string,
): StaffView[] {
  return staff.filter((person) => person.id === performer || approvers.includes(person));
}
