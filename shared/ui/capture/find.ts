import type { Ndc } from '../../codes/ndc.ts';
import { interpretScan, type Scan, type ScanResult, typedCode } from '../../codes/scan-result.ts';
import type { ContainerView, ProductView } from '../../protocol/views.ts';

/** What a code means in this ledger. Every miss is a sentence: what was read and what to do. */
export type Found =
  | { kind: 'container'; container: ContainerView }
  | { kind: 'several'; containers: ContainerView[]; message: string }
  /** The product is known and nothing of it is open: it may be new stock. */
  | { kind: 'product'; product: ProductView; message: string }
  | { kind: 'unknown'; message: string };

export type Looked = { result: ScanResult; found: Found };

/** Reads a scan from a camera or a USB scanner and looks for its container. `today` is YYYY-MM-DD. */
export function lookUpScan(scan: Scan, stock: Stock, today: string): Looked {
  const result = interpretScan(scan, today);
  return { result, found: findContainer(result, stock) };
}

/** The same for what a person typed: a clinic number, digits under a barcode, or a bracketed label line. */
export function lookUpTyped(text: string, stock: Stock, today: string): Looked {
  const number = stock.containers.find((c) => c.number.toLowerCase() === text.trim().toLowerCase());
  if (number) {
    return { result: { kind: 'text', text: text.trim() }, found: openOnly(number) };
  }
  const result = typedCode(text, today);
  return { result, found: findContainer(result, stock) };
}

/** What there is to find: all containers, closed ones too, so that a closed vial is named as such. */
export type Stock = { containers: readonly ContainerView[]; products: readonly ProductView[] };

/** Finds the container that a code names: by clinic number, or by GTIN and then serial or lot. */
export function findContainer(result: ScanResult, stock: Stock): Found {
  switch (result.kind) {
    case 'bad':
      return { kind: 'unknown', message: result.message };
    case 'text':
      return byNumber(result.text, stock);
    case 'gtin':
      return byProduct(productOfGtin(result.gtin, stock), stock, {}, `GTIN ${result.gtin}`);
    case 'ndc':
      return byProduct(productOfNdc(result.ndcs, stock), stock, {}, `NDC ${result.text}`);
    case 'gs1': {
      if (result.gtin === undefined) return byNumber(result.text, stock);
      const { lot, serial } = result;
      const label = { ...(lot === undefined ? {} : { lot }), ...(serial === undefined ? {} : { serial }) };
      return byProduct(productOfGtin(result.gtin, stock), stock, label, `GTIN ${result.gtin}`);
    }
  }
}

function byNumber(text: string, { containers }: Stock): Found {
  const hit = containers.find((c) => c.number.toLowerCase() === text.toLowerCase());
  if (hit) return openOnly(hit);
  return {
    kind: 'unknown',
    message: `“${text}” is neither a container number of this clinic nor a drug barcode. Check it, or receive the container first.`,
  };
}

const openOnly = (container: ContainerView): Found =>
  container.closedAt === undefined
    ? { kind: 'container', container }
    : {
        kind: 'unknown',
        message: `Container ${container.number} (${container.product}) was closed. Pick another one.`,
      };

const productOfGtin = (gtin: string, { products }: Stock) => products.find((p) => p.gtins.includes(gtin));

function productOfNdc(ndcs: readonly Ndc[], { products }: Stock): ProductView | undefined {
  const hits = products.filter((p) =>
    ndcs.some((n) => n.ndc11 !== undefined && p.ndc?.ndc11 === n.ndc11.replaceAll('-', '')),
  );
  return hits.length === 1 ? hits[0] : undefined;
}

function byProduct(
  product: ProductView | undefined,
  { containers }: Stock,
  label: { lot?: string; serial?: string },
  said: string,
): Found {
  if (!product) {
    return {
      kind: 'unknown',
      message: `${said} belongs to no product of this ledger. Receive it as a new product, or scan the clinic's own number.`,
    };
  }
  const all = containers.filter((c) => c.productId === product.id);
  const serial = label.serial === undefined ? undefined : all.find((c) => c.serial === label.serial);
  if (serial) return openOnly(serial);
  const open = all.filter((c) => c.closedAt === undefined);
  const ofLot = label.lot === undefined ? open : open.filter((c) => c.lot === label.lot);
  const [only, ...others] = ofLot;
  if (!only) {
    const lot = label.lot === undefined ? '' : ` of lot ${label.lot}`;
    return {
      kind: 'product',
      product,
      message: `No open container of ${product.name}${lot} is in the ledger.`,
    };
  }
  if (others.length === 0) return { kind: 'container', container: only };
  const message = `${ofLot.length} containers of ${product.name} could be this one. Pick the number that is on it.`;
  return { kind: 'several', containers: ofLot, message };
}
