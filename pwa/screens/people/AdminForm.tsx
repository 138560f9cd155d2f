import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ActQuestion } from '../../../shared/protocol/approvals.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { Signature, type Signing, signingFaults } from '../../../shared/ui/capture/Signature.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import type { Draft } from '../../app/ActForm.tsx';
import { ApprovalStep } from '../../app/ApprovalStep.tsx';
import { useAct } from '../../app/use-act.ts';
import { useApproval } from '../../app/use-approval.ts';

/** How it ended, for a sentence about it: the record's number, and whether it only is proposed. */
export type Signed = { seq: number; proposed: boolean };

/**
 * The signing step of an act about people: what it is, who signs, who approves where somebody has to. `build` gives
 * the act, or null after showing what is wrong with it. What was typed stays after a refusal.
 */
export function AdminForm(props: {
  title: string;
  children?: ComponentChildren;
  who?: string;
  /** Those who may perform it. */
  people: readonly StaffView[];
  staff: readonly StaffView[];
  /** The act as far as it is known, to ask whether somebody has to approve it. */
  asks: ActQuestion;
  action: string;
  danger?: boolean;
  /** What to say when `people` is empty. */
  nobody: string;
  build: () => Draft | null;
  onSigned: (signed: Signed) => void;
  onCancel: () => void;
}) {
  const { title, people, staff, who = 'Who signs', onSigned, onCancel } = props;
  const heading = useId();
  const form = useRef<HTMLFormElement>(null);
  const act = useAct();
  const [performer, setPerformer] = useState<Signing>({ by: onlyOne(people), pin: '' });
  const [faults, setFaults] = useState<{ by?: string; pin?: string }>({});
  const approving = useApproval(props.asks, performer.by);
  const said = act.refusal?.message;
  useFirstField(form);

  const sign = async () => {
    const draft = props.build();
    const missing = signingFaults(performer);
    const approved = approving.check();
    setFaults(missing);
    if (draft === null || !approved || Object.keys(missing).length > 0) return focusFirstFault(form.current);
    const proposed = approving.proposing;
    const outcome = await act.submit(
      approving.doing({ ...draft, by: performer.by, signers: [{ as: 'performer', ...performer }] }),
    );
    if (outcome.ok) onSigned({ seq: outcome.value.seq, proposed });
    else focusFirstFault(form.current);
  };
  if (people.length === 0) {
    return (
      <Notice kind="warn" title={title}>
        <p>{props.nobody}</p>
        <div>
          <Button onClick={onCancel}>Back</Button>
        </div>
      </Notice>
    );
  }
  return (
    <form
      class="panel stack sign-panel"
      ref={form}
      aria-labelledby={heading}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.busy) void sign();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {props.children}
      <Signature
        who={who}
        people={people}
        value={performer}
        errors={{ ...faults, ...(act.of === 'performer' ? { pin: said } : {}) }}
        onInput={(value) => {
          setPerformer(value);
          setFaults({});
        }}
      />
      <ApprovalStep
        approving={approving}
        staff={staff}
        performer={performer.by}
        refusal={act.of === 'approver' ? said : undefined}
      />
      {said && act.of === null ? <Notice kind="danger">{said}</Notice> : null}
      <div class="row">
        <Button type="submit" kind={props.danger ? 'danger' : 'primary'} busy={act.busy}>
          {approving.proposing ? 'Sign and propose' : props.action}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

const onlyOne = (people: readonly StaffView[]): string => (people.length === 1 ? (people[0]?.id ?? '') : '');

/** The first field that is still empty takes the focus when its step begins, and the step comes into view. */
export function useFirstField(form: { current: HTMLFormElement | null }): void {
  useEffect(() => {
    const fields = form.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select');
    [...(fields ?? [])].find((field) => field.value === '')?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
  }, [form]);
}
