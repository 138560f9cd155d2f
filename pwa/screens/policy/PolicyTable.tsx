import { useId } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { SourceId } from '../../../shared/domain/policy/source-ids.ts';
import { SOURCES } from '../../../shared/domain/policy/sources.ts';
import { actRows, bandSentences, type Group, schedulesText, termRows } from './words.ts';

/** The policy in force, act by act, with the citation behind every sentence one press away. */
export function PolicyTable({ policy }: { policy: Policy }) {
  const bands = bandSentences(policy);
  return (
    <>
      <Section title="Who does what, and what is asked of it">
        {actRows(policy).map(({ act, name, groups }) => (
          <Row key={act} name={name} groups={groups} />
        ))}
      </Section>
      <Section title="Intervals and durations">
        {termRows(policy).map(({ term, name, groups }) => (
          <Row key={term} name={name} groups={groups} />
        ))}
        {bands.length === 0 ? null : <Row name="The book may change without a note by" groups={bands} />}
      </Section>
    </>
  );
}

function Section(props: { title: string; children: preact.ComponentChildren }) {
  const id = useId();
  return (
    <section class="panel stack tight" aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      <dl class="policy-rows">{props.children}</dl>
    </section>
  );
}

function Row({ name, groups }: { name: string; groups: readonly Group[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {groups.map((group) => (
          <div class="policy-group" key={group.schedules.join()}>
            {schedulesText(group.schedules) === '' ? null : (
              <span class="badge">{schedulesText(group.schedules)}</span>
            )}
            {group.sentences.map(({ text, sources }) => (
              <Sourced key={text} text={text} sources={sources} />
            ))}
          </div>
        ))}
      </dd>
    </div>
  );
}

/** A sentence that opens to what is behind it. */
function Sourced({ text, sources }: { text: string; sources: readonly SourceId[] }) {
  const unsure = sources.some((id) => !SOURCES[id].verified);
  return (
    <details class="sourced">
      <summary>
        {text} {unsure ? <span class="badge warn">source not read</span> : null}
      </summary>
      <ul>
        {sources.map((id) => {
          const { citation, says, place, verified } = SOURCES[id];
          return (
            <li key={id}>
              <strong>{citation}</strong>: {says}
              {place === undefined ? null : <span class="muted small"> ({place})</span>}
              {verified ? null : (
                <span class="muted small">
                  {' '}
                  We have not read the original text. Check it before you rely on it.
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
