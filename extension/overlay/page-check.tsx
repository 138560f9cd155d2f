import { useEffect, useMemo } from 'preact/hooks';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { PageCheck } from '../../shared/ui/reconcile/PageCheck.tsx';
import { withPatient } from '../../shared/ui/reconcile/question.ts';
import type { Connection } from './connection.ts';
import { MovedOn, type Whom } from './moved-on.tsx';

const whomOf = (site: SiteReading | null): Whom => {
  const { patient, recordNumber } = site?.suggestions ?? {};
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(recordNumber === undefined ? {} : { recordNumber }),
  };
};

/** The treatments that the page lists, held against the ledger. They are read when this opens, and when asked again. */
export function CheckPage(props: {
  connection: Connection;
  port: CapturePort;
  source: { door: 'overlay'; site?: string };
  lastPerformer: string;
  onPerformer: (id: string) => void;
}) {
  const { connection, ...rest } = props;
  const read = connection.rows.value;
  const again = () => {
    connection.rows.value = { state: 'reading' };
    connection.say({ kind: 'read-rows' });
  };
  useEffect(again, []);
  const site = connection.site.value;
  // Rows that name nobody are whose the page was when they were read, whoever it shows by now.
  const whose = useMemo(() => whomOf(site), [read]);
  const rows = useMemo(() => (read.state === 'read' ? withPatient(read.rows, whose) : []), [read, whose]);
  switch (read.state) {
    case 'reading':
      return (
        <p class="muted" role="status">
          Reading the page…
        </p>
      );
    case 'none':
      return (
        <Notice kind="info" title="No list of treatments was found on this page.">
          <p>
            Open the invoice or the day’s treatments. What is looked for is a table with a drug and an amount
            in each row, or the list that was pointed at when this site was set up.
          </p>
          <div>
            <Button onClick={again}>Read the page again</Button>
          </div>
        </Notice>
      );
    case 'read':
      return (
        <>
          <div class="row spread">
            <span class="small muted">
              {rows.length} {rows.length === 1 ? 'row' : 'rows'} {read.more ? 'in sight' : 'on the page'}
            </span>
            <Button small kind="quiet" onClick={again}>
              Read again
            </Button>
          </div>
          <MovedOn
            taken={whose}
            site={site}
            title="This list is of"
            rest="Read again for the list that is there now."
          />
          {read.more ? (
            <Notice kind="warn" title="The page has more rows than these.">
              <p>
                It holds only those in sight. Scroll on in it
                {read.drawn ? ', so that the last of these stays in sight,' : ','} then read again:{' '}
                {read.drawn ? 'the rows are put together. ' : ''}The others are not checked yet.
              </p>
            </Notice>
          ) : null}
          <PageCheck
            {...rest}
            rows={rows}
            more={read.more}
            recordHref={(seq) => `${__PWA_ORIGIN__}/#/ledger/${seq}`}
          />
        </>
      );
  }
}
