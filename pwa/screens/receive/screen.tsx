import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { SelectField } from '../../../shared/ui/Field.tsx';
import { localDay } from '../../../shared/ui/format.ts';
import { LiveScanner } from '../../app/CameraScanner.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import { useQuery } from '../../app/use-query.ts';
import { LineEditor } from './LineEditor.tsx';
import { type LineErrors, lineFaults } from './model.ts';
import { ProductForm } from './ProductForm.tsx';
import { SignDelivery } from './SignDelivery.tsx';
import { type Stock, useDelivery } from './use-delivery.ts';

/** Takes in an order: scan each container or pick its product, then supplier, then one signature for all. */
export function Screen() {
  const [turn, setTurn] = useState(0);
  const stock = useQuery(readStock, String(turn));
  return (
    <>
      <ScreenHead title="Receive" />
      <Loading of={stock}>
        {(value) => <Delivery key={turn} stock={value} onAgain={() => setTurn(turn + 1)} />}
      </Loading>
    </>
  );
}

async function readStock(): Promise<Stock> {
  const [products, containers] = await Promise.all([service.products(), service.containers({})]);
  return { products, containers };
}

function Delivery({ stock, onAgain }: { stock: Stock; onAgain: () => void }) {
  const delivery = useDelivery(stock);
  const { lines, products } = delivery;
  const [errors, setErrors] = useState<Record<string, LineErrors>>({});
  const [done, setDone] = useState(false);
  useUnsaved(lines.length > 0 && !done);
  useLabelFromAddress(delivery);

  /** True when every line can be signed; shows what is wrong otherwise. */
  const check = () => {
    const today = localDay(Date.now());
    const used = stock.containers.map((c) => c.number);
    const found: Record<string, LineErrors> = {};
    for (const line of lines) {
      const others = lines.filter((l) => l.id !== line.id).map((l) => l.number.trim());
      const faults = lineFaults(line, [...used, ...others], today);
      if (Object.keys(faults).length > 0) found[line.id] = faults;
    }
    setErrors(found);
    return lines.length > 0 && Object.keys(found).length === 0;
  };

  return (
    <div class="two receive">
      {done ? null : (
        <section class="panel" aria-label="Scanner">
          <LiveScanner wedge continuous onScan={delivery.onScan} />
        </section>
      )}
      <div class="stack" hidden={done}>
        {delivery.unknown ? (
          <ProductForm
            start={delivery.unknown.start}
            ndcs={delivery.unknown.ndcs}
            onAdd={(product) => void delivery.addProduct(product)}
            onCancel={delivery.dropUnknown}
          />
        ) : null}
        <section class="panel stack" aria-labelledby="delivery">
          <h2 id="delivery">Containers in this delivery</h2>
          {lines.length === 0 ? (
            <EmptyState what="Nothing yet. Scan each container, or pick the product." />
          ) : (
            <ol class="list">
              {lines.map((line) => {
                const product = products.find((p) => p.id === line.product);
                return product ? (
                  <LineEditor
                    key={line.id}
                    {...{ line, product }}
                    errors={errors[line.id] ?? {}}
                    onChange={(change) => delivery.change(line.id, change)}
                    onRemove={() => delivery.remove(line.id)}
                    onCopy={() => void delivery.addLine(product, line)}
                  />
                ) : null;
              })}
            </ol>
          )}
          <div class="row bottom">
            <PickProduct delivery={delivery} />
          </div>
        </section>
      </div>
      {lines.length > 0 ? (
        <SignDelivery
          {...{ lines, products, added: delivery.added, check, onAgain }}
          onRecorded={() => setDone(true)}
        />
      ) : null}
    </div>
  );
}

function PickProduct({ delivery }: { delivery: ReturnType<typeof useDelivery> }) {
  const [picked, setPicked] = useState('');
  const product = delivery.products.find((p) => p.id === picked);
  return (
    <>
      <SelectField
        label="Without a barcode"
        placeholder="Pick a product"
        value={picked}
        options={delivery.products.map((p) => ({
          value: p.id,
          label: `${p.name} ${p.strength ?? ''}`.trim(),
        }))}
        onInput={setPicked}
      />
      <Button disabled={!product} onClick={() => product && void delivery.addLine(product, {})}>
        Add one
      </Button>
      <Button onClick={() => delivery.askProduct({})}>New product</Button>
    </>
  );
}

/** What the Scan screen read goes straight onto the list. */
function useLabelFromAddress(delivery: ReturnType<typeof useDelivery>): void {
  const taken = useRef(false);
  useEffect(() => {
    const { query } = place.value;
    const gtin = query.get('gtin');
    if (taken.current || gtin === null) return;
    taken.current = true;
    const { lot, serial, expires } = Object.fromEntries(query);
    delivery.takeLabel({
      gtin,
      ...(lot === undefined ? {} : { lot }),
      ...(serial === undefined ? {} : { serial }),
      ...(expires === undefined ? {} : { expires }),
    });
  });
}
