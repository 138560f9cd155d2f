import type { ComponentChildren } from 'preact';
import type { CaptureDraft } from '../../../shared/protocol/ledger.ts';
import type { DiscrepancyView, WorkItem } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { agoText, dayText, timeText } from '../../../shared/ui/format.ts';
import { href } from '../../app/router.ts';
import { toldText } from '../../app/told-text.ts';

const DAY_MS = 86_400_000;

type Line = {
  key: string;
  tone: 'danger' | 'warn' | 'plain';
  title: ComponentChildren;
  detail: ComponentChildren;
  action: { label: string; to: string; about: string };
};

/** Open work, each with the one thing to do about it. */
export function WorkList({ items }: { items: readonly WorkItem[] }) {
  if (items.length === 0)
    return <EmptyState what="Nothing is open. Draw, count or receive as the day brings it." />;
  const now = Date.now();
  return (
    <ul class="list work">
      {items.map((item) => {
        const line = lineOf(item, now);
        return (
          <li key={line.key} class={line.tone}>
            <div>
              <p class="work-title">{line.title}</p>
              <p class="small muted">{line.detail}</p>
            </div>
            <a
              class="button small"
              href={line.action.to}
              aria-label={`${line.action.label}: ${line.action.about}`}
            >
              {line.action.label}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function lineOf(item: WorkItem, now: number): Line {
  switch (item.kind) {
    case 'leftover':
      return leftoverLine(item, now);
    case 'witness-pending':
      return witnessLine(item, now);
    case 'discrepancy':
      return discrepancyLine(item);
    case 'mismatch':
      return {
        ...{
          key: `mismatch ${item.container}`,
          tone: 'danger',
          title: `Count of ${item.number} does not agree`,
        },
        detail: `${item.product}, counted ${agoText(item.at, now)}. Count it again.`,
        action: {
          label: 'Recount',
          to: href('count', [], { recount: item.count, container: item.container }),
          about: `container ${item.number}`,
        },
      };
    case 'expiring':
      return {
        ...{ key: `expiring ${item.container}`, tone: item.expired ? 'danger' : 'warn' },
        title: `Container ${item.number} ${item.expired ? 'has expired' : 'expires soon'}`,
        detail: `${item.product}, ${dayText(item.expires)}`,
        action: item.expired
          ? { label: 'Close it', to: href('close', [item.container]), about: `container ${item.number}` }
          : { label: 'Look', to: href('vials', [item.container]), about: `container ${item.number}` },
      };
    case 'below-zero':
      return {
        ...{ key: `below ${item.container}`, tone: 'warn' },
        title: (
          <>
            Container {item.number} stands at <Amount quantity={item.balance} unit={item.unit} />
          </>
        ),
        detail: `${item.product}: overfill, or an entry is wrong`,
        action: { label: 'Look', to: href('vials', [item.container]), about: `container ${item.number}` },
      };
    case 'count-due':
      return {
        ...{ key: 'count-due', tone: 'warn', title: 'A count is due' },
        detail: `${item.containers} containers, last counted ${dayText(item.since)} or before`,
        action: { label: 'Count', to: href('count'), about: 'all that is due' },
      };
    case 'proposal':
      return proposalLine(item, now);
    case 'staff-due':
      return staffLine(item);
    case 'factor-due':
      return {
        ...{ key: 'factor-due', tone: 'warn' },
        title: 'A passkey or security key is missing',
        detail: `The policy asks for one with signatures of ${namesOf(item.names)}`,
        action: { label: 'Look', to: href('people'), about: 'who has to add one' },
      };
    case 'draft':
      return draftLine(item, now);
    case 'export-due':
      return {
        ...{ key: 'export-due', tone: 'warn', title: 'Keep a copy outside this browser' },
        detail: `${item.entries} records since the last export`,
        action: { label: 'Export', to: href('export'), about: 'the record' },
      };
  }
}

function leftoverLine({ leftover }: Extract<WorkItem, { kind: 'leftover' }>, now: number): Line {
  const hours = (now - Date.parse(leftover.at)) / 3_600_000;
  return {
    ...{ key: `leftover ${leftover.draw}`, tone: hours > 4 ? 'danger' : 'warn' },
    title: (
      <>
        <Amount quantity={leftover.remaining} unit={leftover.unit} /> left over from {leftover.number}
      </>
    ),
    detail: `${leftover.product}, drawn by ${leftover.byName} ${agoText(leftover.at, now)}`,
    action: {
      label: 'Waste',
      to: href('waste', [leftover.draw]),
      about: `what is left from ${leftover.number}`,
    },
  };
}

function witnessLine(item: Extract<WorkItem, { kind: 'witness-pending' }>, now: number): Line {
  return {
    ...{ key: `witness ${item.entry}`, tone: item.overdue ? 'danger' : 'warn' },
    title: `Witness pending: ${item.summary}`,
    detail: item.overdue
      ? `By ${item.byName}, ${agoText(item.at, now)}. Overdue since ${timeText(item.due)}.`
      : `By ${item.byName}, ${agoText(item.at, now)}. Due by ${timeText(item.due)}.`,
    action: { label: 'Witness', to: href('cosign', [item.entry]), about: item.summary },
  };
}

/** What waits for a second person gets louder after a day. */
function proposalLine(item: Extract<WorkItem, { kind: 'proposal' }>, now: number): Line {
  const old = now - Date.parse(item.at) > DAY_MS;
  const approved = item.waitsFor === 'carrying-out';
  return {
    ...{ key: `proposal ${item.proposal}`, tone: old ? 'danger' : 'warn' },
    title: `${approved ? 'Approved, to be carried out' : 'Waits for approval'}: ${item.summary}`,
    detail: `Proposed by ${item.byName}${approved ? ', approved' : ''} ${agoText(item.at, now)}`,
    action: {
      label: approved ? 'Carry out' : 'Approve',
      to: href('approvals', [item.proposal]),
      about: item.summary,
    },
  };
}

const toTell = ({ untold }: DiscrepancyView): string =>
  untold.length === 0 ? '' : `. To be told: ${untold.map(toldText).join(', ')}`;

function discrepancyLine({ discrepancy }: Extract<WorkItem, { kind: 'discrepancy' }>): Line {
  return {
    ...{ key: `discrepancy ${discrepancy.id}`, tone: 'danger' },
    title: (
      <>
        {discrepancy.number}: <Amount quantity={discrepancy.difference} unit={discrepancy.unit} signed />{' '}
        against the book
      </>
    ),
    detail: `${discrepancy.product}, open since ${timeText(discrepancy.openedAt)}${toTell(discrepancy)}`,
    action: {
      label: 'Resolve',
      to: href('discrepancy', [discrepancy.id]),
      about: `container ${discrepancy.number}`,
    },
  };
}

const namesOf = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');

function staffLine({ training, screening, names }: Extract<WorkItem, { kind: 'staff-due' }>): Line {
  const what =
    training === 0 ? 'Screenings are' : screening === 0 ? 'Training is' : 'Training and screenings are';
  return {
    ...{ key: 'staff-due', tone: 'plain' },
    title: training === 0 ? `${what} not recorded` : `${what} due`,
    detail: namesOf(names),
    action: { label: 'Look', to: href('people'), about: 'who it is due for' },
  };
}

/** A draw goes on in the capture form, a waste on its own screen. */
function draftPlace({ type, entryId, form }: CaptureDraft): string {
  if (type === 'draw') return href('capture', [], { draft: entryId });
  return href('waste', form.draw ? [form.draw] : [], { draft: entryId });
}

function draftLine({ draft }: Extract<WorkItem, { kind: 'draft' }>, now: number): Line {
  const hours = (now - Date.parse(draft.startedAt)) / 3_600_000;
  const from = draft.door === 'overlay' ? `from ${draft.site ?? 'another page'}, ` : '';
  return {
    ...{ key: `draft ${draft.entryId}`, tone: hours > 1 ? 'danger' : 'warn' },
    title: 'Begun and not signed',
    detail: `${draft.form.saidDrug ? `${draft.form.saidDrug}, ` : ''}${from}${agoText(draft.startedAt, now)}. Nothing is recorded until somebody signs.`,
    action: { label: 'Go on', to: draftPlace(draft), about: 'the draft' },
  };
}
