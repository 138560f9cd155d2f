import { useEffect, useRef, useState } from 'preact/hooks';
import { interpretScan } from '../../../shared/codes/scan-result.ts';
import type { CountLine } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { Choices, SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { dayText, localDay } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { attachWedge } from '../../../shared/ui/scan/wedge.ts';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';
import { counting } from './counting.ts';
import {
  type CountKind,
  findRow,
  inCabinetOrder,
  KINDS,
  linesFor,
  productsOf,
  type Scope,
  startTaking,
} from './model.ts';

type What = Scope['kind'];

/** What to count. The list comes from the count sheet, which knows no amounts. */
export function ChooseStep() {
  const sheet = useQuery(() => service.countSheet());
  return (
    <Loading of={sheet}>
      {(lines) =>
        lines.length === 0 ? (
          <EmptyState what="There is no open container to count.">
            <a class="button" href={href('receive')}>
              Receive stock
            </a>
          </EmptyState>
        ) : (
          <Choose sheet={lines} />
        )
      }
    </Loading>
  );
}

function Choose({ sheet }: { sheet: readonly CountLine[] }) {
  const asked = place.value.query.get('container');
  const [what, setWhat] = useState<What>(asked === null ? 'all' : 'spot');
  const [product, setProduct] = useState<string | null>(null);
  const [ids, setIds] = useState<readonly string[]>(asked === null ? [] : [asked]);
  const [kind, setKind] = useState<CountKind | null>(null);
  const [error, setError] = useState<string | undefined>();
  const chosenKind = kind ?? (what === 'all' ? 'cycle' : 'spot');
  const lines = linesFor(sheet, scopeOf(what, product, ids));

  const start = async () => {
    if (lines.length === 0) {
      setError(what === 'product' ? 'Choose the product to count.' : 'Choose at least one container.');
      return;
    }
    const [entryId, session] = await Promise.all([service.newId(), service.newId()]);
    counting.value = {
      phase: 'counting',
      taking: startTaking(lines, { entryId, session, kind: chosenKind }),
    };
  };
  return (
    <div class="stack">
      <p>
        A blind count: type what is really there. What should be there is shown to nobody, and is not on this
        device’s screen in any form, until the count is sealed.
      </p>
      <section class="panel stack" aria-label="What to count">
        <Choices
          legend="What to count"
          name="what"
          value={what}
          options={[
            { value: 'all', label: `Everything (${sheet.length})` },
            { value: 'product', label: 'One product' },
            { value: 'spot', label: 'Some containers' },
          ]}
          onInput={(value) => {
            setWhat(value);
            setError(undefined);
          }}
        />
        {what === 'product' ? <PickProduct sheet={sheet} value={product} onInput={setProduct} /> : null}
        {what === 'spot' ? <PickContainers sheet={sheet} value={ids} onInput={setIds} /> : null}
        <SelectField
          label="Kind of count"
          value={chosenKind}
          options={KINDS}
          onInput={(value) => setKind(KINDS.find((k) => k.value === value)?.value ?? null)}
        />
        {error ? <Notice kind="danger">{error}</Notice> : null}
        <div>
          <Button kind="primary" onClick={() => void start()}>
            {lines.length === 0
              ? 'Start counting'
              : `Start counting ${lines.length} ${lines.length === 1 ? 'container' : 'containers'}`}
          </Button>
        </div>
      </section>
    </div>
  );
}

function scopeOf(what: What, product: string | null, ids: readonly string[]): Scope {
  switch (what) {
    case 'all':
      return { kind: 'all' };
    case 'product':
      return { kind: 'product', key: product ?? '' };
    case 'spot':
      return { kind: 'spot', ids };
  }
}

function PickProduct(props: {
  sheet: readonly CountLine[];
  value: string | null;
  onInput: (key: string) => void;
}) {
  return (
    <fieldset class="count-products">
      <legend>Which product</legend>
      {productsOf(props.sheet).map((p) => (
        <label class="check" key={p.key}>
          <input
            type="radio"
            name="product"
            checked={props.value === p.key}
            onInput={() => props.onInput(p.key)}
          />
          <span class="row count-product">
            <ScheduleTag schedule={p.schedule} /> {p.name} {p.strength}
            <span class="muted small">
              {p.containers === 1 ? '1 container' : `${p.containers} containers`}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function PickContainers(props: {
  sheet: readonly CountLine[];
  value: readonly string[];
  onInput: (ids: readonly string[]) => void;
}) {
  const { sheet, value, onInput } = props;
  const [search, setSearch] = useState('');
  const [said, setSaid] = useState('');
  const latest = useRef(props);
  latest.current = props;
  useEffect(
    () =>
      attachWedge(window, (scan) => {
        const now = latest.current;
        const all = startTaking(now.sheet, { entryId: '', session: '', kind: 'spot' });
        const found = findRow(all, interpretScan(scan, localDay(Date.now())));
        if (found.kind === 'one') now.onInput([...new Set([...now.value, found.container])]);
        setSaid(found.kind === 'one' ? '' : found.message);
      }),
    [],
  );
  const text = search.trim().toLowerCase();
  const shown = inCabinetOrder(sheet).filter((line) =>
    `${line.number} ${line.product} ${line.strength ?? ''} ${line.lot}`.toLowerCase().includes(text),
  );
  return (
    <div class="stack tight">
      <TextField
        label="Find a container"
        type="search"
        hint="By number, drug or lot; or scan it"
        value={search}
        error={said}
        onInput={(typed) => {
          setSearch(typed);
          setSaid('');
        }}
      />
      <ul class="list count-picks" aria-label="Containers">
        {shown.map((line) => (
          <li key={line.id}>
            <label class="check">
              <input
                type="checkbox"
                checked={value.includes(line.id)}
                onInput={(event) =>
                  onInput(
                    event.currentTarget.checked
                      ? [...value, line.id]
                      : value.filter((other) => other !== line.id),
                  )
                }
              />
              <span class="row count-product">
                <strong class="amount">{line.number}</strong> <ScheduleTag schedule={line.schedule} />{' '}
                {line.product} {line.strength}
                <span class="muted small">
                  lot {line.lot}, until {dayText(line.expires)}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p class="muted">No container matches. Search for less.</p> : null}
      <p class="muted" role="status">
        {value.length} chosen
      </p>
    </div>
  );
}
