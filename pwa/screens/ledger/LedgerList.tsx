import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { SelectField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { service, status } from '../../app/ledger.ts';
import { go, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { entryTypeOf, TYPE_NAMES, TYPE_OPTIONS } from './names.ts';
import { type ListMemory, RowList } from './RowList.tsx';
import { type RowFilter, RowPages } from './rows.ts';

/** What the list keeps while a record is looked at. */
export type LedgerMemory = ListMemory & { pages: RowPages | null; key: string };

/** The filter that the address names. */
function filterOfPlace(): RowFilter {
  const { query } = place.value;
  const type = entryTypeOf(query.get('type'));
  const staff = query.get('staff');
  return { ...(type ? { type } : {}), ...(staff ? { staff } : {}) };
}

/** The filters above the list, and the list itself. */
export function LedgerList({ memory }: { memory: LedgerMemory }) {
  const { pages, refresh } = usePages(memory);
  const head = status.value.state === 'ready' ? status.value.head.size : 0;
  const newer = pages.ready ? head - pages.size : 0;
  useEffect(() => {
    if (newer > 0 && memory.scrollTop === 0) refresh();
  }, [newer]);
  return (
    <>
      <ScreenHead title="Ledger">
        <span class="muted amount">{head.toLocaleString('en')} records</span>
      </ScreenHead>
      <div class="stack">
        <Filters />
        {newer > 0 && memory.scrollTop > 0 ? (
          <div class="row" role="status">
            <Button small onClick={refresh}>
              {newer === 1 ? 'Show the new record' : `Show ${newer} new records`}
            </Button>
          </div>
        ) : null}
        <Rows pages={pages} memory={memory} />
      </div>
    </>
  );
}

/** The pages of the filter in the address; kept in `memory` so that coming back from a record finds its place. */
function usePages(memory: LedgerMemory): { pages: RowPages; refresh: () => void } {
  const [, render] = useState(0);
  const [generation, setGeneration] = useState(0);
  const filter = filterOfPlace();
  const key = `${filter.type ?? ''}|${filter.staff ?? ''}`;
  const pages = useMemo(() => {
    if (memory.pages && memory.key === key && generation === 0) return memory.pages;
    if (memory.key !== key || generation > 0) Object.assign(memory, { scrollTop: 0, active: 0 });
    memory.key = key;
    memory.pages = new RowPages((query) => service.rows(query), filter);
    return memory.pages;
  }, [key, generation]);
  useEffect(() => pages.onChange(() => render((n) => n + 1)), [pages]);
  useEffect(() => pages.want(0, 1), [pages]);
  return { pages, refresh: () => setGeneration((n) => n + 1) };
}

function Rows({ pages, memory }: { pages: RowPages; memory: LedgerMemory }) {
  if (pages.failure !== undefined) {
    return (
      <Notice kind="danger" title="The list is not complete.">
        <p>{pages.failure}</p>
        <div>
          <Button onClick={() => pages.retry()}>Try again</Button>
        </div>
      </Notice>
    );
  }
  if (!pages.ready) {
    return (
      <p class="muted" role="status">
        Reading the ledger…
      </p>
    );
  }
  if (pages.count > 0)
    return (
      <RowList
        pages={pages}
        memory={memory}
        label="Records, newest first"
        linkTo={(seq) => href('ledger', [String(seq)])}
      />
    );
  return (
    <EmptyState what="No record matches this filter.">
      <a class="button" href={href('ledger')}>
        Show every record
      </a>
    </EmptyState>
  );
}

function Filters() {
  const staff = useQuery(() => service.staff());
  const { type, staff: person } = filterOfPlace();
  const people = staff.state === 'ready' ? staff.value : [];
  return (
    <search class="ledger-filters">
      <SelectField
        label="Act"
        value={type ?? ''}
        placeholder="Every act"
        options={TYPE_OPTIONS}
        onInput={(value) => go('ledger', [], { staff: person, type: entryTypeOf(value) })}
      />
      <SelectField
        label="Person"
        value={person ?? ''}
        placeholder="Everybody"
        options={people.map((p) => ({ value: p.id, label: p.disabled ? `${p.name} (disabled)` : p.name }))}
        onInput={(value) => go('ledger', [], { type, staff: value === '' ? undefined : value })}
      />
      {type || person ? (
        <Button onClick={() => go('ledger')}>
          Clear{type ? ` “${TYPE_NAMES[type]}”` : ''}
          {person ? ` “${people.find((p) => p.id === person)?.name ?? 'person'}”` : ''}
        </Button>
      ) : null}
    </search>
  );
}
