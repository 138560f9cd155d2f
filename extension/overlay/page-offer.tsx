import { useEffect, useState } from 'preact/hooks';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import type { ContainerView } from '../../shared/protocol/ledger.ts';
import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { Button } from '../../shared/ui/Button.tsx';
import type { CaptureValues } from '../../shared/ui/capture/model.ts';
import { fromWhere, onlyVialOf, suggestionsOf } from './suggest.ts';

/**
 * What the page says, as the page's word, with one press to take all of it into an empty form. The vial is filled in
 * only when a single open one holds that drug; otherwise a person picks the one in their hand.
 */
export function PageOffer(props: {
  port: CapturePort;
  site: SiteReading;
  /** False as soon as something was typed: nothing is ever written over. */
  fillable: boolean;
  onFill: (values: Partial<CaptureValues>) => void;
}) {
  const { port, site, fillable } = props;
  const { drug, dose, patient, species, owner, recordNumber } = site.suggestions;
  const [vial, setVial] = useState<ContainerView | null>(null);
  useEffect(() => {
    let wanted = true;
    setVial(null);
    if (drug === undefined) return undefined;
    port.containers({ open: true }).then(
      (open) => wanted && setVial(onlyVialOf(open, drug)),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [port, drug]);

  const lines = [
    [drug, dose],
    [patient, species, owner, recordNumber],
  ].map((parts) => parts.filter((part) => part !== undefined).join(' · '));
  const said = lines.filter((line) => line !== '');
  if (said.length === 0) return null;
  const fill = () => {
    const offers = suggestionsOf(site).map(({ field, value }) => [field, value]);
    props.onFill({ ...Object.fromEntries(offers), ...(vial ? { container: vial.id } : {}) });
  };
  return (
    <section class="page-offer" aria-label="From the page">
      <p class="small muted">The page at {fromWhere(site)} says</p>
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {fillable ? (
        <div>
          <Button small onClick={fill}>
            {vial ? `Fill in, with vial ${vial.number}` : 'Fill in from the page'}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
