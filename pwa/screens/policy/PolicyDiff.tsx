import './policy.css';
import { loosenedBy, loosenedTerms } from '../../../shared/domain/policy/facility.ts';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { changesBetween } from './words.ts';

/** Old and new, line by line; what gets looser is said before anybody signs. */
export function PolicyDiff({ before, after }: { before: Policy; after: Policy }) {
  const changes = changesBetween(before, after);
  const looser = loosenedBy(before, after).length + loosenedTerms(before, after).length > 0;
  return (
    <>
      {changes.length === 0 ? <p class="muted">Only the profiles change; the rules stay the same.</p> : null}
      <ul class="policy-diff">
        {changes.map(({ kind, where, text }) => (
          <li key={`${kind} ${where} ${text}`} class={kind}>
            <span class="badge">{kind === 'added' ? 'new' : 'gone'}</span>{' '}
            {kind === 'added' ? (
              <ins>
                {where}: {text}
              </ins>
            ) : (
              <del>
                {where}: {text}
              </del>
            )}
          </li>
        ))}
      </ul>
      {looser ? (
        <Notice kind="warn">
          <p>
            This policy asks for less than the one in force. What was recorded until now stays judged by that
            one.
          </p>
        </Notice>
      ) : null}
    </>
  );
}
