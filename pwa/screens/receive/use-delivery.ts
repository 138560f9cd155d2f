import { useState } from 'preact/hooks';
import { ndcsOfGtin } from '../../../shared/codes/ndc.ts';
import type { Gs1Scan, ScanResult } from '../../../shared/codes/scan-result.ts';
import type { Product } from '../../../shared/domain/entries.ts';
import type { ContainerView, ProductView } from '../../../shared/protocol/views.ts';
import type { ScanAnswer } from '../../../shared/ui/scan/ScannerView.tsx';
import { service } from '../../app/ledger.ts';
import { type Line, nextNumber, type ProductValues } from './model.ts';

export type Stock = { products: readonly ProductView[]; containers: readonly ContainerView[] };
type Label = Pick<Gs1Scan, 'gtin' | 'lot' | 'serial' | 'expires'>;
/** A code of a product that the ledger does not know: what the label said waits for the product's form. */
export type Unknown = {
  label: Label;
  start: Partial<ProductValues>;
  /** What the barcode may mean as an NDC: one reading, or three of which only the label can tell the right one. */
  ndcs: readonly string[];
};

const MOST = 50;

/** The delivery as it grows: containers, and products that are new with it. */
export function useDelivery(stock: Stock) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [added, setAdded] = useState<readonly Product[]>([]);
  const [unknown, setUnknown] = useState<Unknown | null>(null);
  const listed = new Set(stock.products.map((p) => p.id));
  const products: readonly Product[] = [...stock.products, ...added.filter((p) => !listed.has(p.id))];

  const addLine = async (product: Product, label: Label) => {
    const id = await service.newId();
    setLines((old) => [...old, lineOf(id, product, label, nextNumber(stock.containers, old, product.id))]);
  };
  const takeLabel = (label: Label & { gtin: string }, said = ndcsOfGtin(label.gtin)): ScanAnswer => {
    if (lines.length >= MOST) {
      return {
        taken: false,
        message: `${MOST} containers is the most for one delivery. Sign these, then go on.`,
      };
    }
    const known = products.find((p) => p.gtins.includes(label.gtin));
    if (!known) {
      const ndcs = said.flatMap(({ ndc10, ndc11 }) => ndc10 ?? ndc11 ?? []);
      const [only, ...others] = ndcs;
      const ndc = only !== undefined && others.length === 0 ? only : '';
      setUnknown({ label, start: { gtin: label.gtin, ndc }, ndcs });
      return { taken: true, note: 'This product is new here. Fill in what the label says.' };
    }
    const twice = serialTwice(label, lines, stock.containers);
    if (twice !== null) return { taken: false, message: twice };
    void addLine(known, label);
    return { taken: true, note: `${known.name} is on the list.` };
  };

  return {
    ...{ lines, added, products, unknown },
    onScan: (result: ScanResult): ScanAnswer => {
      if (result.kind === 'bad') return { taken: false, message: result.message };
      if ((result.kind === 'gs1' || result.kind === 'gtin') && result.gtin !== undefined) {
        return takeLabel({ ...result, gtin: result.gtin }, result.ndcs);
      }
      const message =
        'That is not the barcode of a product. Scan the label of the maker, or pick the product below.';
      return { taken: false, message };
    },
    addLine,
    takeLabel,
    addProduct: async (product: Omit<Product, 'id'>) => {
      const whole = { ...product, id: await service.newId() };
      setAdded((old) => [...old, whole]);
      await addLine(whole, unknown?.label ?? {});
      setUnknown(null);
    },
    askProduct: (start: Partial<ProductValues>) => setUnknown({ label: {}, start, ndcs: [] }),
    dropUnknown: () => setUnknown(null),
    change: (id: string, change: Partial<Line>) =>
      setLines((old) => old.map((line) => (line.id === id ? { ...line, ...change } : line))),
    remove: (id: string) => setLines((old) => old.filter((line) => line.id !== id)),
    clear: () => {
      setLines([]);
      setAdded([]);
    },
  };
}

function lineOf(id: string, product: Product, label: Label, number: string): Line {
  const { lot = '', expires = '', serial, gtin } = label;
  return {
    ...{ id, product: product.id, number, lot, expires, quantity: product.holds },
    ...(serial === undefined ? {} : { serial }),
    ...(gtin === undefined ? {} : { gtin }),
  };
}

/** A serial number stands for one container in the world: the same one twice is one container scanned twice. */
function serialTwice(
  label: Label,
  lines: readonly Line[],
  containers: readonly ContainerView[],
): string | null {
  const { serial, gtin } = label;
  if (serial === undefined) return null;
  if (lines.some((l) => l.serial === serial && l.gtin === gtin)) {
    return `Serial ${serial} is on the list already. Scan the next container.`;
  }
  const held = containers.find((c) => c.serial === serial && c.gtin === gtin);
  return held ? `Serial ${serial} was received before, as container ${held.number}.` : null;
}
