import type { jsPDF } from 'jspdf';
import type { ReadmeFacts } from '../../shared/verifier/readme-text.ts';
import type { ContainerBalance } from '../../shared/verifier/replay.ts';
import { type OnHand, spokenHash, utcText } from '../../shared/verifier/verdict.ts';

export type SummaryFacts = ReadmeFacts & {
  readonly onHand: readonly OnHand[];
  readonly containers: readonly ContainerBalance[];
};

const MARGIN = 18;
const WIDTH = 216 - 2 * MARGIN;
const BOTTOM = 279 - MARGIN;

/**
 * `summary.pdf`, US Letter: who, which records, the two hashes, what is on hand. The same facts give the same
 * bytes. The writer is loaded only when somebody exports.
 */
export async function summaryPdf(facts: SummaryFacts): Promise<Uint8Array> {
  const { jsPDF } = await import('jspdf');
  const pdf = new jsPDF({ unit: 'mm', format: 'letter', compress: false });
  pdf.setCreationDate(pdfDate(facts.made));
  pdf.setFileId(facts.head.slice(0, 32).toUpperCase());
  pdf.setDocumentProperties({ title: 'Controlled-substance record', creator: facts.build });
  new Page(pdf, facts.demo).write(facts);
  return new Uint8Array(pdf.output('arraybuffer'));
}

/** PDF 32000-1 section 7.9.4, in UTC: the library would print a Date in the machine's own zone. */
function pdfDate(made: string): string {
  return `D:${made.slice(0, 19).replace(/[-:T]/g, '')}+00'00'`;
}

class Page {
  readonly #pdf: jsPDF;
  readonly #demo: boolean;
  #y = MARGIN;

  constructor(pdf: jsPDF, demo: boolean) {
    this.#pdf = pdf;
    this.#demo = demo;
  }

  write(facts: SummaryFacts): void {
    const { facility, from, to, size } = facts;
    this.#mark();
    this.#text('Controlled-substance record', 18, 'bold');
    if (facility) this.#text(`${facility.name} · DEA ${facility.deaNumber}`, 12);
    const part = to - from < size ? `Records ${from} to ${to - 1} of ${size}` : `All ${size} records`;
    this.#text(`${part}, as of ${utcText(facts.made)}`, 10);
    this.#gap(3);
    this.#text(`Genesis   ${facts.genesis}`, 12, 'bold', 'courier');
    this.#text(`Head      ${spokenHash(facts.head)}`, 12, 'bold', 'courier');
    this.#text('Keep this page: it shows later whether the record was rewritten or cut short.', 9);
    this.#table(
      'On hand',
      [3, 1, 1, 1],
      ['Drug', 'Schedule', 'Containers', 'Book balance'],
      facts.onHand.map(onHandRow),
    );
    this.#table(
      'Containers',
      [1, 2, 1.4, 1, 1, 1, 0.8],
      ['Number', 'Drug', 'Lot', 'Expires', 'Received', 'Balance', 'State'],
      facts.containers.map(containerRow),
    );
    this.#gap(4);
    this.#text(
      `Made by ${facts.build}. A readable copy: the records in the package decide. Not legal advice.`,
      8,
    );
  }

  #text(text: string, size: number, style = 'normal', font = 'helvetica'): void {
    this.#pdf.setFont(font, style).setFontSize(size);
    const lines: string[] = this.#pdf.splitTextToSize(plain(text), WIDTH);
    for (const line of lines) {
      this.#room(size * 0.5);
      this.#pdf.text(line, MARGIN, this.#y);
      this.#y += size * 0.5;
    }
  }

  #table(
    title: string,
    widths: readonly number[],
    heads: readonly string[],
    rows: readonly (readonly string[])[],
  ): void {
    if (rows.length === 0) return;
    this.#gap(5);
    this.#text(title, 13, 'bold');
    this.#row(widths, heads, 'bold');
    for (const row of rows) this.#row(widths, row, 'normal');
  }

  /** `widths` are shares of the page's width. */
  #row(widths: readonly number[], cells: readonly string[], style: string): void {
    this.#room(6);
    this.#pdf.setFont('helvetica', style).setFontSize(9);
    const share = WIDTH / widths.reduce((sum, width) => sum + width, 0);
    let x = MARGIN;
    cells.forEach((cell, i) => {
      const width = share * (widths[i] ?? 1);
      const [line = ''] = this.#pdf.splitTextToSize(plain(cell), width - 2);
      this.#pdf.text(line, x, this.#y);
      x += width;
    });
    this.#pdf.setDrawColor(190).line(MARGIN, this.#y + 1.8, MARGIN + WIDTH, this.#y + 1.8);
    this.#y += 6;
  }

  #gap(height: number): void {
    this.#y += height;
  }

  #room(height: number): void {
    if (this.#y + height <= BOTTOM) return;
    this.#pdf.addPage();
    this.#y = MARGIN;
    this.#mark();
  }

  #mark(): void {
    if (!this.#demo) return;
    this.#pdf.setFont('helvetica', 'bold').setFontSize(11).setTextColor(176, 0, 32);
    this.#pdf.text('DEMO DATA - nothing on this page happened', MARGIN, MARGIN - 9);
    this.#pdf.setTextColor(0);
  }
}

const onHandRow = ({ name, strength, schedule, containers, total, unit }: OnHand) => [
  strength === undefined ? name : `${name} ${strength}`,
  `C-${schedule}`,
  String(containers),
  `${total} ${unit}`,
];

const containerRow = (c: ContainerBalance) => [
  ...[c.number, c.drug, c.lot, c.expires, `${c.size} ${c.unit}`, `${c.balance} ${c.unit}`],
  c.closed === null ? 'open' : 'closed',
];

/** The built-in fonts know Latin-1 only; what they lack is shown as a question mark, and stands in the records. */
function plain(text: string): string {
  return text.replace(/[^\u0020-\u007e\u00a0-\u00ff]/g, '?');
}
