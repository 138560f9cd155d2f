import { Fragment } from 'preact';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { ROLE_NAMES } from '../../../shared/domain/roles.ts';
import type { FactorView } from '../../../shared/protocol/factors.ts';
import type { ElevationView, PersonView } from '../../../shared/protocol/people.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { dayText, timeText } from '../../../shared/ui/format.ts';
import { href } from '../../app/router.ts';
import { FactorList } from './FactorList.tsx';
import { dueWords, dutiesOf, rolesToAsk, stateOf, withoutFactor } from './model.ts';

/** What can be begun for a person. */
export type PersonAct =
  | { kind: 'change' | 'reset' | 'pin' | 'key' | 'elevate' | 'disable' }
  | { kind: 'factor' }
  | { kind: 'factor-remove'; factor: FactorView }
  | { kind: 'end'; elevation: ElevationView };

/** A person in the list; opened, with what is kept of them and what can be done. */
export function PersonRow(props: {
  person: PersonView;
  policy: Policy;
  open: boolean;
  onToggle: () => void;
  onAct: (act: PersonAct) => void;
}) {
  const { person, policy, open, onToggle } = props;
  const { name, role, disabled, elevations } = person;
  return (
    <div class="stack tight">
      <div class="person">
        <div>
          <div class="row person-name">
            <strong>{name}</strong>
            <span class="badge">{ROLE_NAMES[role]}</span>
            {elevations.map((one) => (
              <span class="badge warn" key={one.id}>
                {ROLE_NAMES[one.role].toLowerCase()} {one.once ? 'for one act, ' : ''}until{' '}
                {timeText(one.until)}
              </span>
            ))}
            <State person={person} />
            {withoutFactor([person], policy).length > 0 ? (
              <span class="badge warn">passkey or security key missing</span>
            ) : null}
            {dueWords(person).map((words) => (
              <span class="badge warn" key={words}>
                {words}
              </span>
            ))}
          </div>
          <div class="muted small">
            {disabled ? 'Signed in the past, signs no more' : dutiesOf(role, policy)}
            {person.licence ? ` · licence ${person.licence}` : ''}
          </div>
        </div>
        <div class="row person-acts">
          <a
            class="button small quiet"
            href={href('ledger', [], { staff: person.id })}
            aria-label={`Records of ${name}`}
          >
            Records
          </a>
          {disabled ? null : (
            <Button small label={`${open ? 'Close' : 'Manage'} ${name}`} onClick={onToggle}>
              {open ? 'Close' : 'Manage'}
            </Button>
          )}
        </div>
      </div>
      {open ? <Card {...props} /> : null}
    </div>
  );
}

function Card({ person, onAct }: { person: PersonView; onAct: (act: PersonAct) => void }) {
  const { name, until, elevations, hasKey } = person;
  const visiting = until !== undefined;
  const choose = (label: string, act: PersonAct) => (
    <Button small key={label} onClick={() => onAct(act)}>
      {label}
    </Button>
  );
  return (
    <section class="person-card stack" aria-label={`What can be done for ${name}`}>
      <Facts person={person} />
      <div class="stack tight">
        <p class="small muted">By {name}, with their own PIN</p>
        <div class="row">
          {hasKey ? choose('Change the PIN', { kind: 'pin' }) : null}
          {hasKey ? choose('Replace the key', { kind: 'key' }) : null}
          {hasKey ? choose('Add a passkey or security key', { kind: 'factor' }) : null}
          {hasKey && !visiting ? (
            <a class="button small" href={href('phone', [person.id])} aria-label={`Phones of ${name}`}>
              Phones
            </a>
          ) : null}
          {hasKey && !visiting && rolesToAsk(person).length > 0
            ? choose('Ask to do more for a while', { kind: 'elevate' })
            : null}
        </div>
      </div>
      <FactorList person={person} onRemove={(factor) => onAct({ kind: 'factor-remove', factor })} />
      <div class="stack tight">
        <p class="small muted">By those who manage people</p>
        <div class="row">
          {visiting ? null : choose('Change role or particulars', { kind: 'change' })}
          {choose('PIN forgotten: new PIN', { kind: 'reset' })}
          {elevations.map((elevation) =>
            choose(`End ${ROLE_NAMES[elevation.role].toLowerCase()}`, { kind: 'end', elevation }),
          )}
          {choose('Disable', { kind: 'disable' })}
        </div>
      </div>
    </section>
  );
}

function Facts({ person }: { person: PersonView }) {
  const { deaNumber, screened, trained, idleSeconds, until } = person;
  const day = (value: string | undefined) => (value === undefined ? 'not recorded' : dayText(value));
  const facts = [
    ...(until === undefined
      ? [
          { what: 'Screened', value: day(screened) },
          { what: 'Last trained', value: day(trained) },
        ]
      : [{ what: 'May witness until', value: timeText(until) }]),
    ...(deaNumber === undefined ? [] : [{ what: 'DEA number', value: deaNumber }]),
    ...(idleSeconds === undefined
      ? []
      : [{ what: 'Signed out when idle for', value: `${idleSeconds} seconds at the most` }]),
  ];
  return (
    <dl class="facts">
      {facts.map(({ what, value }) => (
        <Fragment key={what}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function State({ person }: { person: PersonView }) {
  const state = stateOf(person, new Date().toISOString());
  switch (state.state) {
    case 'working':
      return null;
    case 'disabled':
      return <span class="badge danger">disabled</span>;
    case 'gone':
      return <span class="badge">visit over</span>;
    case 'visiting':
      return <span class="badge warn">visitor until {timeText(state.until)}</span>;
    case 'locked':
      return <span class="badge warn">locked until {timeText(state.until)}</span>;
    case 'no-key':
      return <span class="badge warn">no key on this device</span>;
  }
}
