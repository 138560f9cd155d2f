import { interpretScan, type Scan, type ScanResult } from '../../../shared/codes/scan-result.ts';

export type ScanReport = {
  seen: string;
  symbology: string;
  says: readonly string[];
  advice: string;
  good: boolean;
};

const GS = '\x1d';

/** What came from a scanner, in words, and whether it is set up as it should be. `today` is YYYY-MM-DD. */
export function reportOf(scan: Scan, today: string): ScanReport {
  const result = interpretScan(scan, today);
  return {
    seen: scan.text.replaceAll(GS, '␝'),
    symbology: scan.symbology,
    says: wordsOf(result),
    ...adviceOn(scan, result),
  };
}

function wordsOf(result: ScanResult): string[] {
  switch (result.kind) {
    case 'gs1':
      return [
        ...(result.gtin ? [`GTIN ${result.gtin}`] : []),
        ...(result.lot ? [`lot ${result.lot}`] : []),
        ...(result.expires ? [`use until ${result.expires}`] : []),
        ...(result.serial ? [`serial ${result.serial}`] : []),
        ...ndcWords(result.ndcs),
      ];
    case 'gtin':
      return [`GTIN ${result.gtin}`, ...ndcWords(result.ndcs)];
    case 'ndc':
      return [`NDC ${result.ndcs[0].original}`];
    case 'text':
      return ['a plain text, such as a number of your own'];
    case 'bad':
      return [result.message];
  }
}

/** A code often fits several NDCs; which one it is only the product list can say, so only a sure one is named. */
const ndcWords = (ndcs: readonly { readonly original: string }[]) => {
  const [only, ...others] = ndcs;
  return only && others.length === 0 ? [`NDC ${only.original}`] : [];
};

function adviceOn({ text, symbology }: Scan, result: ScanResult): { advice: string; good: boolean } {
  if (result.kind === 'gs1' && result.lot !== undefined && result.serial !== undefined) {
    return text.includes(GS)
      ? { advice: 'The scanner sends the separator between fields. It is set up well.', good: true }
      : {
          advice:
            'No separator between fields came. If lot and serial run into each other on some labels, switch on “transmit FNC1 as GS” in the manual of the scanner.',
          good: true,
        };
  }
  if (result.kind === 'bad') {
    return {
      advice:
        symbology === ''
          ? 'Switch on “transmit AIM identifier” in the manual of the scanner, and try a label of a vial.'
          : 'Try another label. If all fail, set the scanner back to its defaults.',
      good: false,
    };
  }
  return {
    advice: 'The scanner works. Try the square code of a vial to see lot and expiry as well.',
    good: true,
  };
}
