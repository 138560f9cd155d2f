import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { suggestedPerson } from '../../app/access.ts';
import { Loading } from '../../app/Loading.tsx';
import { service, status } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useAct } from '../../app/use-act.ts';
import { useQuery } from '../../app/use-query.ts';
import { maySignFor } from '../people/model.ts';
import { SignPanel } from '../people/SignPanel.tsx';
import { bytesInWords } from '../settings/model.ts';
import { integrityHeadline } from '../verify/words.ts';
import type { Made } from './make.ts';
import { exportedBody, packageName } from './model.ts';
import { type Saving, savePackage } from './save-file.ts';

type Ready = Extract<Made, { ok: true }>;

/** A package that is made: save it, then sign that it left, in that order. */
export function KeepPanel(props: { made: Ready; disclosed: boolean; reason: string; onEnd: () => void }) {
  const { made, disclosed, reason, onEnd } = props;
  const [saving, setSaving] = useState<Saving | null>(null);
  const [seq, setSeq] = useState<number | null>(null);
  const now = status.value;
  const ready = now.state === 'ready' ? now : { facility: '', demo: false };
  const name = packageName({ ...ready, made: made.made, range: made.range, disclosed });
  const save = async () => setSaving(await savePackage(name, made.blob));
  const out = saving?.kind === 'saved' || saving?.kind === 'downloading';
  const answer = integrityHeadline(made.verdict);
  if (seq !== null) {
    return (
      <Notice kind="ok" title="The package is saved, and the ledger says so.">
        <p>
          Recorded as <a href={href('ledger', [String(seq)])}>number {seq}</a>. Keep the file where this
          computer cannot reach it: on a stick in the safe, on another computer, with your accountant. It
          shows that no record up to now was changed or cut off later.
        </p>
        <div>
          <Button onClick={onEnd}>Make another package</Button>
        </div>
      </Notice>
    );
  }
  return (
    <div class="stack">
      <Notice
        kind={answer.kind}
        title={made.verdict.integrity.ok ? 'The package is ready and was read back whole.' : answer.title}
      >
        <p>
          <span class="package-name">{name}</span>, {bytesInWords(made.blob.size)}.{' '}
          {made.verdict.integrity.ok
            ? answer.text
            : 'Save it as it is: it is evidence. Then verify the ledger.'}
        </p>
      </Notice>
      {saving?.kind === 'failed' ? <Notice kind="danger">{saving.message}</Notice> : null}
      {saving?.kind === 'dismissed' ? <Notice>Not saved yet. The package is still here.</Notice> : null}
      {saving?.kind === 'downloading' ? (
        <Notice>Look into your downloads: sign only when {name} is there.</Notice>
      ) : null}
      <div class="row">
        <Button kind={out ? 'plain' : 'primary'} onClick={() => void save()}>
          {out ? 'Save it once more' : 'Save the file'}
        </Button>
        {out ? null : <Button onClick={onEnd}>Discard it</Button>}
      </div>
      {out ? <SignExport made={made} disclosed={disclosed} reason={reason} onSigned={setSeq} /> : null}
    </div>
  );
}

function SignExport(props: {
  made: Ready;
  disclosed: boolean;
  reason: string;
  onSigned: (seq: number) => void;
}) {
  const { made, disclosed, reason, onSigned } = props;
  const act = useAct();
  const who = useQuery(async () => ({
    staff: await service.staff(),
    policy: await service.policy(),
    last: await suggestedPerson(),
  }));
  const sign = async (by: string, pin: string) => {
    const signed = await act.submit({
      ...{ type: 'exported', by },
      body: exportedBody(made.log, { disclosed, reason }),
      signers: [{ as: 'performer', by, pin }],
    });
    if (signed.ok) onSigned(signed.value.seq);
  };
  return (
    <Loading of={who}>
      {({ staff, policy, last }) => (
        <SignPanel
          title="Record that it left this browser"
          people={maySignFor('exported', staff, policy)}
          suggested={last}
          action="Sign"
          nobody="Nobody on this device may sign for an export."
          busy={act.busy}
          refusal={act.refusal}
          onSign={(by, pin) => void sign(by, pin)}
        />
      )}
    </Loading>
  );
}
