import { useState } from 'preact/hooks';
import type { Invitation, WitnessRequest } from '../../../shared/protocol/witness-code.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { dayText } from '../../../shared/ui/format.ts';
import { CodeReader } from '../../app/CodeReader.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { PairPanel } from './PairPanel.tsx';
import { SignPanel } from './SignPanel.tsx';

type Doing =
  | { at: 'list' }
  | { at: 'reading' }
  | { at: 'pair'; invitation: Invitation }
  | { at: 'sign'; request: WitnessRequest };

/** This device as somebody's own: it reads what is asked off another screen, and answers with a signature. */
export function Screen() {
  const [doing, setDoing] = useState<Doing>({ at: 'list' });
  const done = () => setDoing({ at: 'list' });
  return (
    <>
      <ScreenHead title="Witness on this phone" />
      <div class="narrow stack">
        {doing.at === 'list' ? <Paired onRead={() => setDoing({ at: 'reading' })} /> : null}
        {doing.at === 'reading' ? (
          <div class="panel stack">
            <p>Hold the square code on the clinic’s screen in the frame.</p>
            <CodeReader
              expects={['request', 'invitation']}
              onCode={(code) => {
                setDoing(
                  code.t === 'request' ? { at: 'sign', request: code } : { at: 'pair', invitation: code },
                );
                return null;
              }}
            />
            <div>
              <Button onClick={done}>Cancel</Button>
            </div>
          </div>
        ) : null}
        {doing.at === 'pair' ? <PairPanel invitation={doing.invitation} onEnd={done} /> : null}
        {doing.at === 'sign' ? <SignPanel request={doing.request} onEnd={done} /> : null}
      </div>
    </>
  );
}

function Paired({ onRead }: { onRead: () => void }) {
  const keys = useQuery(() => service.phoneKeys());
  const [leaving, setLeaving] = useState<string | null>(null);
  const read = (
    <Button kind="primary" onClick={onRead}>
      Read a code
    </Button>
  );
  return (
    <Loading of={keys}>
      {(held) =>
        held.length === 0 ? (
          <EmptyState what="This device witnesses for nobody yet. At the clinic’s screen, somebody opens People, picks your name and Phones; read the code that is shown there.">
            {read}
          </EmptyState>
        ) : (
          <div class="panel stack">
            <div>{read}</div>
            <ul class="list">
              {held.map(({ key, name, facility, made }) => (
                <li key={key} class="row">
                  <span class="grow">
                    <strong>{name}</strong>
                    <span class="muted small">
                      {' '}
                      · {facility} · since {dayText(made)}
                    </span>
                  </span>
                  {leaving === key ? (
                    <>
                      <span>The clinic still has to remove it.</span>
                      <Button
                        small
                        kind="danger"
                        onClick={() => void service.forgetPhoneKey(key).then(() => location.reload())}
                      >
                        Delete the key
                      </Button>
                      <Button small onClick={() => setLeaving(null)}>
                        Keep it
                      </Button>
                    </>
                  ) : (
                    <Button small label={`Forget ${name} at ${facility}`} onClick={() => setLeaving(key)}>
                      Forget
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )
      }
    </Loading>
  );
}
