import { useState } from 'preact/hooks';
import type { ScanResult } from '../../../shared/codes/scan-result.ts';
import type { ContainerView, ProductView } from '../../../shared/protocol/views.ts';
import { type Found, findContainer, type Stock } from '../../../shared/ui/capture/find.ts';
import { answerOf, VialLine } from '../../../shared/ui/capture/VialPicker.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { LiveScanner } from '../../app/CameraScanner.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';

type Seen = { result: ScanResult; found: Found };

/** Scan or type any code, see what it is, and do something with it. */
export function Screen() {
  const stock = useQuery(readStock);
  const [seen, setSeen] = useState<Seen | null>(null);
  return (
    <>
      <ScreenHead title="Scan" />
      <Loading of={stock}>
        {(value) => (
          <div class="two facts-first">
            <section class="stack" aria-label="What it is" aria-live="polite">
              {seen ? (
                <What seen={seen} />
              ) : (
                <p class="muted">Scan a vial, or type the number that is written on it.</p>
              )}
            </section>
            <section class="panel" aria-label="Scanner">
              <LiveScanner
                wedge
                continuous
                onScan={(result) => {
                  const found = findContainer(result, value);
                  setSeen({ result, found });
                  // Nothing is open of a known product: that is still an answer, not a fault.
                  return found.kind === 'product'
                    ? { taken: true, note: found.message }
                    : answerOf({ result, found });
                }}
              />
            </section>
          </div>
        )}
      </Loading>
    </>
  );
}

async function readStock(): Promise<Stock> {
  const [containers, products] = await Promise.all([service.containers({}), service.products()]);
  return { containers, products };
}

function What({ seen: { result, found } }: { seen: Seen }) {
  switch (found.kind) {
    case 'container':
      return <ContainerActs container={found.container} />;
    case 'several':
      return (
        <div class="panel stack">
          <p>{found.message}</p>
          <ul class="plain">
            {found.containers.map((container) => (
              <li key={container.id}>
                <a class="button wide" href={href('vials', [container.id])}>
                  <VialLine container={container} />
                </a>
              </li>
            ))}
          </ul>
        </div>
      );
    case 'product':
      return <ProductActs result={result} product={found.product} message={found.message} />;
    case 'unknown':
      return (
        <Notice kind="warn" title="This code names nothing here yet" quiet>
          {result.kind === 'gs1' || result.kind === 'gtin' ? (
            <div>
              <a class="button" href={receiveHref(result)}>
                Receive it as new stock
              </a>
            </div>
          ) : (
            <p>The sentence at the scanner says why.</p>
          )}
        </Notice>
      );
  }
}

function ContainerActs({ container }: { container: ContainerView }) {
  return (
    <div class="panel stack">
      <VialLine container={container} />
      <a class="button primary wide" href={href('capture', [], { container: container.id })}>
        Draw or give
      </a>
      <div class="columns">
        <a class="button" href={href('waste', [], { container: container.id })}>
          Waste
        </a>
        <a class="button" href={href('count', [], { container: container.id })}>
          Count
        </a>
        <a class="button" href={href('close', [container.id])}>
          Close
        </a>
        <a class="button" href={href('vials', [container.id])}>
          Its life
        </a>
      </div>
      {container.leftovers.map((leftover) => (
        <a class="button wide" key={leftover.draw} href={href('waste', [leftover.draw])}>
          Waste the {leftover.remaining} {leftover.unit} that {leftover.byName} has left over
        </a>
      ))}
    </div>
  );
}

function ProductActs(props: { result: ScanResult; product: ProductView; message: string }) {
  return (
    <div class="panel stack">
      <p>{props.message}</p>
      <a class="button primary wide" href={receiveHref(props.result)}>
        Receive it
      </a>
      <a class="button wide" href={href('vials', [], { product: props.product.id })}>
        Show what there was of {props.product.name}
      </a>
    </div>
  );
}

/** Everything the label said goes along, so that nobody types it again. */
function receiveHref(result: ScanResult): string {
  if (result.kind === 'gtin') return href('receive', [], { gtin: result.gtin });
  if (result.kind !== 'gs1') return href('receive');
  const { gtin, lot, serial, expires } = result;
  return href('receive', [], { gtin, lot, serial, expires });
}
