import './ledger.css';
import { href } from '../../app/router.ts';
import { prettyLines } from './pretty.ts';

/** A record's text: indented for reading, and as it is stored. `links` leads from ids to other screens. */
export function RecordText({ line, links }: { line: string; links: boolean }) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keys */}
      <section class="record-json" tabIndex={0} aria-label="The text of the record">
        <pre>
          {prettyLines(line).map(({ text, link }, index) => (
            <span key={index}>
              {link && links ? (
                <>
                  {link.before}
                  <a href={href(link.to, [link.id])}>{link.id}</a>
                  {link.after}
                </>
              ) : (
                text
              )}
              {'\n'}
            </span>
          ))}
        </pre>
      </section>
      <details>
        <summary>As stored: one line of canonical JSON (RFC 8785), the bytes that are hashed</summary>
        <p class="hash record-raw">{line}</p>
      </details>
    </>
  );
}
