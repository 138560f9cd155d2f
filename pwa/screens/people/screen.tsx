import './people.css';
import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { ROLE_NAMES } from '../../../shared/domain/roles.ts';
import type { StaffView } from '../../../shared/protocol/ledger.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { DisablePanel } from './DisablePanel.tsx';
import { EnrolPanel } from './EnrolPanel.tsx';
import { dutiesOf, inOrder, stateOf } from './model.ts';

type Doing = { kind: 'nothing' } | { kind: 'enrol' } | { kind: 'disable'; person: string };

/** Who works here, what they may do, and how people come and go. */
export function Screen() {
  const people = useQuery(async () => ({ staff: await service.staff(), policy: await service.policy() }));
  const [doing, setDoing] = useState<Doing>({ kind: 'nothing' });
  const [said, setSaid] = useState('');
  const end = (sentence: string) => {
    setDoing({ kind: 'nothing' });
    setSaid(sentence);
  };
  return (
    <>
      <ScreenHead title="People">
        {doing.kind === 'nothing' ? (
          <Button
            kind="primary"
            onClick={() => {
              setSaid('');
              setDoing({ kind: 'enrol' });
            }}
          >
            Enrol a person
          </Button>
        ) : null}
      </ScreenHead>
      <Loading of={people}>
        {({ staff, policy }) => (
          <div class="stack">
            {said === '' ? null : <Notice kind="ok">{said}</Notice>}
            {doing.kind === 'enrol' ? <EnrolPanel staff={staff} policy={policy} onEnd={end} /> : null}
            <div class="panel people">
              <ul class="list">
                {inOrder(staff).map((person) => (
                  <li key={person.id}>
                    {doing.kind === 'disable' && doing.person === person.id ? (
                      <DisablePanel person={person} staff={staff} policy={policy} onEnd={end} />
                    ) : (
                      <Person
                        person={person}
                        policy={policy}
                        onDisable={() => {
                          setSaid('');
                          setDoing({ kind: 'disable', person: person.id });
                        }}
                      />
                    )}
                  </li>
                ))}
              </ul>
            </div>
            {staff.length === 1 ? (
              <p class="muted">
                Only one person is enrolled. Enrol everybody who handles controlled drugs: nobody can witness
                their own act.
              </p>
            ) : null}
          </div>
        )}
      </Loading>
    </>
  );
}

function Person(props: { person: StaffView; policy: Policy; onDisable: () => void }) {
  const { person, policy, onDisable } = props;
  return (
    <div class="person">
      <div>
        <div class="row person-name">
          <strong>{person.name}</strong>
          <span class="badge">{ROLE_NAMES[person.role]}</span>
          <State person={person} />
        </div>
        <div class="muted small">
          {person.disabled ? 'Signed in the past, signs no more' : dutiesOf(person.role, policy)}
          {person.licence ? ` · licence ${person.licence}` : ''}
        </div>
      </div>
      <div class="row person-acts">
        <a
          class="button small quiet"
          href={href('ledger', [], { staff: person.id })}
          aria-label={`Records of ${person.name}`}
        >
          Records
        </a>
        {person.disabled ? null : (
          <Button small label={`Disable ${person.name}`} onClick={onDisable}>
            Disable
          </Button>
        )}
      </div>
    </div>
  );
}

function State({ person }: { person: StaffView }) {
  const state = stateOf(person, new Date().toISOString());
  switch (state.state) {
    case 'working':
      return null;
    case 'disabled':
      return <span class="badge danger">disabled</span>;
    case 'locked':
      return <span class="badge warn">locked until {timeText(state.until)}</span>;
    case 'no-key':
      return <span class="badge warn">no key on this device</span>;
  }
}
