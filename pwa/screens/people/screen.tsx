import './people.css';
import { useEffect, useRef, useState } from 'preact/hooks';
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
import { AddFactorPanel, RemoveFactorPanel } from './FactorPanels.tsx';
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
  // A panel takes the place of the list, and gives the focus back to the heading when it goes.
  const screen = useRef<HTMLDivElement>(null);
  const wasQuiet = useRef(true);
  useEffect(() => {
    if (quiet && !wasQuiet.current) screen.current?.querySelector<HTMLElement>('h1')?.focus();
    wasQuiet.current = quiet;
  }, [quiet]);
  return (
    <div ref={screen}>
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
        {({ staff, policy }) => {
          const all = { staff, policy, onEnd: end };
          const person = doing.kind === 'act' ? staff.find(({ id }) => id === doing.person) : undefined;
          return (
            <div class="stack">
              {said === '' ? null : <Notice kind="ok">{said}</Notice>}
              {doing.kind === 'enrol' ? <EnrolPanel {...all} /> : null}
              {doing.kind === 'admit' ? <AdmitPanel {...all} /> : null}
              {doing.kind === 'act' && person ? <ActPanel {...all} person={person} act={doing.act} /> : null}
              {quiet ? (
                <>
                  <Reminders people={staff} policy={policy} />
                  <PeopleList
                    {...{ staff, policy }}
                    open={doing.kind === 'open' ? doing.person : null}
                    onOpen={(one) =>
                      begin(one === null ? { kind: 'nothing' } : { kind: 'open', person: one })
                    }
                    onAct={(one, act) => begin({ kind: 'act', person: one, act })}
                  />
                </>
              ) : null}
            </div>
          );
        }}
      </Loading>
    </div>
  );
}

function PeopleList(props: {
  staff: readonly PersonView[];
  policy: Policy;
  open: string | null;
  onOpen: (person: string | null) => void;
  onAct: (person: string, act: PersonAct) => void;
}) {
  const { staff, policy, open, onOpen, onAct } = props;
  return (
    <div class="panel people">
      <ul class="list">
        {inOrder(staff).map((person) => (
          <li key={person.id}>
            <PersonRow
              person={person}
              policy={policy}
              open={open === person.id}
              onToggle={() => onOpen(open === person.id ? null : person.id)}
              onAct={(act) => onAct(person.id, act)}
            />
          </li>
        ))}
      </ul>
    </div>
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
    case 'factor':
      return <AddFactorPanel {...others} />;
    case 'factor-remove':
      return <RemoveFactorPanel {...others} factor={act.factor} />;
    case 'elevate':
      return <ElevatePanel {...others} />;
    case 'end':
      return <EndPanel {...others} elevation={act.elevation} />;
    case 'disable':
      return <DisablePanel {...others} />;
  }
}
