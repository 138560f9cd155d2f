import './people.css';
import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { ElevatePanel, EndPanel } from './AccessPanels.tsx';
import { AdmitPanel } from './AdmitPanel.tsx';
import { ChangePanel } from './ChangePanel.tsx';
import { DisablePanel } from './DisablePanel.tsx';
import { EnrolPanel } from './EnrolPanel.tsx';
import { inOrder } from './model.ts';
import { KeyPanel, PinPanel } from './OwnPanels.tsx';
import { type PersonAct, PersonRow } from './PersonRow.tsx';
import { Reminders } from './Reminders.tsx';
import { ResetPanel } from './ResetPanel.tsx';

type Doing =
  | { kind: 'nothing' }
  | { kind: 'enrol' }
  | { kind: 'admit' }
  | { kind: 'open'; person: string }
  | { kind: 'act'; person: string; act: PersonAct };

/** Who works here, what they may do, and how people come, change and go. */
export function Screen() {
  const people = useQuery(async () => ({ staff: await service.people(), policy: await service.policy() }));
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const [said, setSaid] = useState('');
  const quiet = doing.kind === 'nothing' || doing.kind === 'open';
  const begin = (next: Doing) => {
    setSaid('');
    setDoing(next);
  };
  const end = (sentence: string) => {
    setDoing({ kind: 'nothing' });
    setSaid(sentence);
  };
  return (
    <>
      <ScreenHead title="People">
        {quiet ? (
          <div class="row">
            <Button kind="primary" onClick={() => begin({ kind: 'enrol' })}>
              Enrol a person
            </Button>
            <Button onClick={() => begin({ kind: 'admit' })}>Admit a visitor</Button>
          </div>
        ) : null}
      </ScreenHead>
      <Loading of={people}>
        {({ staff, policy }) => (
          <div class="stack">
            {said === '' ? null : <Notice kind="ok">{said}</Notice>}
            {doing.kind === 'enrol' ? <EnrolPanel staff={staff} policy={policy} onEnd={end} /> : null}
            {doing.kind === 'admit' ? <AdmitPanel staff={staff} policy={policy} onEnd={end} /> : null}
            {quiet ? <Reminders people={staff} policy={policy} /> : null}
            <div class="panel people">
              <ul class="list">
                {inOrder(staff).map((person) => (
                  <li key={person.id}>
                    {doing.kind === 'act' && doing.person === person.id ? (
                      <ActPanel {...{ person, staff, policy, act: doing.act, onEnd: end }} />
                    ) : (
                      <PersonRow
                        person={person}
                        policy={policy}
                        open={doing.kind === 'open' && doing.person === person.id}
                        onToggle={() =>
                          begin(
                            doing.kind === 'open' && doing.person === person.id
                              ? { kind: 'nothing' }
                              : { kind: 'open', person: person.id },
                          )
                        }
                        onAct={(act) => begin({ kind: 'act', person: person.id, act })}
                      />
                    )}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        )}
      </Loading>
    </>
  );
}

function ActPanel(props: {
  act: PersonAct;
  person: PersonView;
  staff: readonly PersonView[];
  policy: Policy;
  onEnd: (said: string) => void;
}) {
  const { act, ...others } = props;
  switch (act.kind) {
    case 'change':
      return <ChangePanel {...others} />;
    case 'reset':
      return <ResetPanel {...others} />;
    case 'pin':
      return <PinPanel {...others} />;
    case 'key':
      return <KeyPanel {...others} />;
    case 'elevate':
      return <ElevatePanel {...others} />;
    case 'end':
      return <EndPanel {...others} elevation={act.elevation} />;
    case 'disable':
      return <DisablePanel {...others} />;
  }
}
