import type { Receipt } from '../../protocol/ledger.ts';
import { Notice } from '../Notice.tsx';
import type { CaptureProps, CaptureStep } from './CaptureForm.tsx';
import { DrawStep } from './DrawStep.tsx';
import type { ActFacts } from './facts.ts';
import type { CaptureData } from './use-capture.ts';
import { useDrawAct } from './use-draw-act.ts';

export type DrawActProps = CaptureProps & {
  data: CaptureData;
  onTook: (receipt: Receipt, line: string, facts: ActFacts) => void;
  onNext: (step: CaptureStep) => void;
};

/** The draw with its draft: kept while it is typed, dropped once it is in the ledger or given up. */
export function DrawAct(props: DrawActProps) {
  const { form, draft, busy, set, leaveOut, setPin, submit } = useDrawAct(props);
  const { onCancel: cancel, cameFrom } = props;
  return (
    <>
      {draft.refusal ? <Notice kind="warn">{draft.refusal}</Notice> : null}
      <DrawStep
        {...{ ...form, data: props.data, busy }}
        suggestions={props.suggestions ?? []}
        scanner={props.scanner}
        cameFrom={cameFrom?.consultation === form.values.consultation ? cameFrom : undefined}
        onLeaveOut={() => {
          leaveOut();
          props.onLeftOut?.();
        }}
        remarkOn={props.remarkOn}
        factorHere={props.port.askFactor !== undefined}
        onSet={set}
        onPin={setPin}
        onSubmit={(element) => {
          if (!busy) void submit(element);
        }}
        onLeave={cancel}
        onCancel={
          cancel &&
          (() => {
            draft.drop();
            cancel();
          })
        }
      />
      {/* Below the form: what comes and goes above it would move the button under a finger. */}
      {draft.kept ? <p class="small muted">What you have typed is kept as a draft.</p> : null}
    </>
  );
}
