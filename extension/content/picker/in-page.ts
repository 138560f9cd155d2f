import { plainLine } from '../../../shared/protocol/page-text.ts';
import { type Pick, type PickerSaid, STEPS, type Step } from '../../../shared/protocol/picker.ts';
import { placeOf } from '../../sites/locate.ts';
import { textOf } from '../../sites/text.ts';
import { draftOf } from './draft.ts';
import { Panel, type Taken } from './panel.ts';
import { ENOUGH_WAYS, ONLY_COLUMNS, pickAt, waysTo } from './pick.ts';
import { Pointer } from './pointer.ts';
import { onSaid, tell } from './talk.ts';

/** What each step is called, and how it is asked for. */
const NAMES: Record<Step, readonly [name: string, ask: string]> = {
  patient: ['Patient', 'Point at the patient’s name'],
  species: ['Species', 'Point at the species'],
  owner: ['Owner', 'Point at the owner'],
  weight: ['Weight', 'Point at the weight'],
  recordNumber: ['Record number', 'Point at the record number'],
  drug: ['Drug', 'Point at the drug, or at any drug of a list'],
  dose: ['Dose', 'Point at the dose, in the same row'],
  note: ['Note field', 'Point at the field that notes are typed into'],
  unit: ['Unit', 'Point at the unit, in the same row'],
  date: ['Date', 'Point at the date, in the same row'],
  rowPatient: ['Patient of the row', 'Point at the patient, in the same row'],
  by: ['Given by', 'Point at who gave it, in the same row'],
};
const HELP = 'Press it, or go there with the arrow keys and press Enter. Hold Alt to use the page itself.';

/** Time for the pickers in frames to say that they are there, in milliseconds. */
const FRAMES_TAKE = 700;
/** Frames that are smaller, in CSS pixels, hold no record. */
const LEAST_AREA = 10_000;

/** The picker in the page itself: the panel with the steps, and the order of things. */
export class PagePicker {
  readonly #stop = new AbortController();
  readonly #panel = new Panel();
  readonly #picks = new Map<Step, Pick>();
  /** Origins of frames that can be pointed into. */
  readonly #heard = new Set<string>();
  #pointer: Pointer | null = null;
  #at = 0;

  start(): void {
    const { signal } = this.#stop;
    onSaid((message) => this.#hear(message), signal);
    this.#pointer = new Pointer(
      {
        onAt: (element) =>
          element instanceof HTMLIFrameElement
            ? this.#panel.say('A frame. Press the down arrow to go into it.')
            : this.#live(this.#pick(element), textOf(element)),
        onTake: (element) => this.#take(this.#pick(element)),
        onLeave: () => this.#leave(),
        onKey: (key) => this.#key(key),
        isOurs: (path) => path.includes(this.#panel.host),
      },
      signal,
    );
    this.#show();
    const timer = setTimeout(() => this.#lack(), FRAMES_TAKE);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  #lack(): void {
    const from = strangers(this.#heard);
    this.#panel.lack(
      from.length === 0
        ? ''
        : `Parts of this page come from ${from.join(', ')}, where Countersign may not look. If what you need stands there, allow that address in the settings, then set this page up again.`,
    );
  }

  end(): void {
    this.#stop.abort();
    this.#panel.remove();
  }

  get #step(): Step | null {
    return STEPS[this.#at] ?? null;
  }

  get #list() {
    const drug = this.#picks.get('drug');
    return drug?.as === 'column' ? drug.place : null;
  }

  /** Texts that are this patient's: what hangs on them would find nobody else. */
  get #said(): string[] {
    return [...this.#picks.values()].map(({ text }) => text).filter((text) => text.length > 1);
  }

  #hear(message: PickerSaid): void {
    switch (message.said) {
      case 'here':
        this.#heard.add(message.origin);
        this.#tellStep();
        return this.#lack();
      case 'at':
        this.#pointer?.rest();
        return this.#panel.say(liveLine(message.text, message.ways, message.rows));
      case 'took':
        return this.#take(message.pick);
      case 'leave':
        return this.#leave();
      case 'step':
      case 'save':
        return;
    }
  }

  #pick(element: Element): Pick | null {
    const ground = { page: document, place: placeOf(window), said: this.#said };
    return this.#step && pickAt(element, this.#step, this.#list, ground);
  }

  #live(pick: Pick | null, text: string): void {
    if (!this.#step) return;
    const line = pick?.text ?? plainLine(text, 200) ?? '';
    this.#panel.say(liveLine(line, pick ? waysTo(pick) : 0, pick?.as === 'column' ? pick.count : 0));
  }

  #take(pick: Pick | null): void {
    if (!pick || pick.step !== this.#step) return;
    this.#picks.set(pick.step, pick);
    this.#go(1);
  }

  #key(key: string): boolean {
    if (this.#panel.onButton && (key === 'Enter' || key === ' ')) return false;
    switch (key) {
      case 'Enter':
        if (!this.#step) void this.#save();
        else if (this.#pointer?.at) this.#take(this.#pick(this.#pointer.at));
        return true;
      case 's':
        if (this.#step) this.#skip();
        return true;
      case 'b':
        this.#go(-1);
        return true;
      case 'f':
        this.#finish();
        return true;
      case 'o':
        this.#panel.move();
        return true;
      default:
        return false;
    }
  }

  #skip(): void {
    if (this.#step) this.#picks.delete(this.#step);
    this.#go(1);
  }

  /** To the next step, or back. Columns of a list are asked for only where there is a list. */
  #go(way: 1 | -1): void {
    do this.#at = Math.min(Math.max(this.#at + way, 0), STEPS.length);
    while (this.#step && ONLY_COLUMNS.includes(this.#step) && !this.#list);
    this.#show();
  }

  #finish(): void {
    this.#at = STEPS.length;
    this.#show();
  }

  #tellStep(): void {
    void tell({ said: 'step', step: this.#step, texts: this.#said.slice(0, 20), list: this.#list });
  }

  #show(): void {
    this.#tellStep();
    this.#pointer?.rest();
    const taken = STEPS.flatMap((step) => {
      const pick = this.#picks.get(step);
      return pick ? [{ name: NAMES[step][0], text: pick.text || 'found', ways: waysTo(pick) }] : [];
    });
    const back = { label: 'Back (B)', press: () => this.#go(-1) };
    const leave = { label: 'Leave (Esc)', press: () => this.#leave() };
    if (!this.#step) return this.#review(taken, [back, leave]);
    const skip = { label: 'Not on this page (S)', press: () => this.#skip() };
    const finish = { label: 'That is all (F)', press: () => this.#finish() };
    this.#panel.show({
      title: NAMES[this.#step][1],
      help: HELP,
      live: 'Nothing is pointed at yet.',
      taken,
      buttons: [skip, ...(this.#at > 0 ? [back] : []), finish, leave],
    });
  }

  #review(taken: readonly Taken[], more: { label: string; press: () => void }[]): void {
    const enough = this.#picks.has('patient') || this.#picks.has('recordNumber') || this.#picks.has('drug');
    const save = { label: 'Use this page like this (Enter)', primary: true, press: () => void this.#save() };
    this.#panel.show({
      title: enough ? 'Is this right?' : 'Not enough yet',
      help: enough
        ? `This is what is read here. It stays in this browser; nothing on the page is changed.${weakness(taken)}`
        : 'Point at the patient’s name, the record number or a drug.',
      live: `${taken.length} found on this page.`,
      taken,
      buttons: enough ? [save, ...more] : more,
    });
  }

  async #save(): Promise<void> {
    const draft = draftOf([...this.#picks.values()], location.href);
    const answer: unknown = await tell({ said: 'save', draft });
    const saved = typeof answer === 'object' && answer !== null ? answer : {};
    if ('saved' in saved && saved.saved === true) return this.#leave();
    const why = 'message' in saved && typeof saved.message === 'string' ? saved.message : 'Nobody answers.';
    this.#panel.say(`It could not be kept: ${why}`);
  }

  #leave(): void {
    void tell({ said: 'leave' });
    this.end();
  }
}

/** The addresses of frames that can be seen, and that no picker has come into: they are not allowed. */
function strangers(heard: ReadonlySet<string>): string[] {
  const shown = [...document.querySelectorAll('iframe')].filter(
    (frame) => frame.clientWidth * frame.clientHeight >= LEAST_AREA && frame.checkVisibility(),
  );
  const origins = shown.flatMap(({ src }) => URL.parse(src, location.href)?.origin ?? []);
  return [...new Set(origins)].filter(
    (origin) => origin.startsWith('http') && origin !== location.origin && !heard.has(origin),
  );
}

/** What a change of the page would take away first. */
function weakness(taken: readonly Taken[]): string {
  const weak = taken.filter(({ ways }) => ways < ENOUGH_WAYS).map(({ name }) => name);
  return weak.length === 0
    ? ''
    : ` Fewer than three ways lead back to: ${weak.join(', ')}. When the page changes, that is lost first; where it stands in another place too, point there.`;
}

const waysText = (ways: number): string => (ways === 1 ? 'one way' : `${ways} ways`);

function liveLine(text: string, ways: number, rows: number): string {
  if (ways === 0) {
    return text === ''
      ? 'There is no text here.'
      : `“${text.slice(0, 60)}” could not be found again later. Point at something smaller, or at another place where it stands.`;
  }
  const list = rows > 0 ? `, in a list of ${rows}` : '';
  return `“${text}”${list} · ${waysText(ways)} back to it`;
}
