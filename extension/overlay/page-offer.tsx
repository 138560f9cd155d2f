import { useEffect, useState } from 'preact/hooks';
import { labelOf } from '../../shared/domain/drugs/name.ts';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import type { ListedDrug, SiteReading } from '../../shared/protocol/overlay.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { type Match, matchDrug } from '../../shared/ui/capture/drug-match.ts';
import type { CaptureValues } from '../../shared/ui/capture/model.ts';
import { Notice } from '../../shared/ui/Notice.tsx';
import { fillingOf, fromWhere, isSameDrug } from './suggest.ts';

type Choice = NonNullable<SiteReading['choices']>[number];

const NO_MATCH: Match = { kind: 'nothing' };

/**
 * What the page says, as the page's word, with one press to take all of it into an empty form. A vial is filled in
 * only when a single open one is that drug in that strength; otherwise a person picks the one in their hand.
 */
export function PageOffer(props: {
  port: CapturePort;
  site: SiteReading;
  /** False as soon as something was typed: nothing is ever written over. */
  fillable: boolean;
  onFill: (values: Partial<CaptureValues>) => void;
  /** Whether the last wish to keep it as a draft was met; `null` before there was one. */
  kept: boolean | null;
  onKeep: () => void;
  /** Takes another one of the patients that the page shows. */
  onChoose: (choice: Choice) => void;
  /** Takes another one of the drugs that the page lists. */
  onTake: (listed: ListedDrug) => void;
}) {
  const { port, site, fillable } = props;
  const { drug, dose, patient, species, owner, weight, recordNumber } = site.suggestions;
  const [match, setMatch] = useState<Match>(NO_MATCH);
  useEffect(() => {
    let wanted = true;
    setMatch(NO_MATCH);
    if (drug === undefined) return undefined;
    port.containers({ open: true }).then(
      (open) => wanted && setMatch(matchDrug(open, { drug, ...(dose === undefined ? {} : { dose }) })),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [port, drug, dose]);

  const lines = [
    [drug, dose],
    [patient, species, weight, owner, recordNumber],
  ].map((parts) => parts.filter((part) => part !== undefined).join(' · '));
  const said = lines.filter((line) => line !== '');
  if (said.length === 0 && !site.choices) return null;
  const vial = match.kind === 'vial' ? match.vial : null;
  const fill = () => {
    props.onFill({ ...fillingOf(site), ...(vial ? { container: vial.id } : {}) });
  };
  return (
    <section class="page-offer" aria-label="From the page">
      {said.length === 0 ? null : <p class="small muted">The page at {fromWhere(site)} says</p>}
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <Whence site={site} />
      <Whose site={site} onChoose={props.onChoose} />
      {fillable ? <WhichDrug site={site} onTake={props.onTake} /> : null}
      {match.kind === 'warning' ? <Notice kind="warn">{match.message}</Notice> : null}
      {fillable && said.length > 0 ? (
        <div class="row">
          <Button small onClick={fill}>
            {vial ? `Fill in, with vial ${vial.number}, ${labelOf(vial)}` : 'Fill in from the page'}
          </Button>
          <Button small kind="quiet" onClick={props.onKeep}>
            Keep as a draft, sign later
          </Button>
        </div>
      ) : null}
      {props.kept === null ? null : (
        <p class="small muted" role="status">
          {props.kept
            ? 'Kept. It waits below and on Today, to be signed at the safe.'
            : 'Nothing was kept: the page names nobody and no drug, or the browser has no room. Type it here.'}
        </p>
      )}
    </section>
  );
}

/** Which of the browser's tabs and which frame of the page that was. */
function Whence({ site: { title, frame } }: { site: SiteReading }) {
  return (
    <p class="small muted">
      {title === undefined ? 'From the page itself' : `From the tab “${title}”`}
      {frame === undefined ? '' : `, in its frame ${frame}`}
    </p>
  );
}

/** The patients that the page shows beside each other: nobody's words are taken for somebody else's. */
function Whose({ site, onChoose }: { site: SiteReading; onChoose: (choice: Choice) => void }) {
  const { choices, suggestions } = site;
  if (!choices) return null;
  const others = choices.filter(({ patient }) => patient !== suggestions.patient);
  const buttons = others.map((choice) => (
    <Button key={choice.patient} small onClick={() => onChoose(choice)}>
      {choice.patient}
    </Button>
  ));
  if (suggestions.patient === undefined)
    return (
      <Notice kind="warn" title="The page shows several patients.">
        <p>Nothing is taken of any of them yet. Whose is it?</p>
        <div class="row">{buttons}</div>
      </Notice>
    );
  return (
    <Notice kind="warn" quiet>
      <p>This is {suggestions.patient}. The page shows others too; take instead</p>
      <div class="row">{buttons}</div>
    </Notice>
  );
}

/** The other drugs of the page's list: a chart has more than one, and not all of them are controlled. */
function WhichDrug({ site, onTake }: { site: SiteReading; onTake: (listed: ListedDrug) => void }) {
  const { drug, dose } = site.suggestions;
  const others = (site.listed ?? []).filter(
    (one) => drug === undefined || !isSameDrug(one, { drug, ...(dose === undefined ? {} : { dose }) }),
  );
  if (others.length === 0) return null;
  return (
    <details>
      <summary class="small">The page lists {others.length} more: take another</summary>
      <div class="row">
        {others.map((one) => (
          <Button key={`${one.drug} ${one.dose}`} small onClick={() => onTake(one)}>
            {[one.drug, one.dose].filter(Boolean).join(' · ')}
          </Button>
        ))}
      </div>
    </details>
  );
}
