import { plainLine } from '../../../shared/protocol/page-text.ts';
import type { PickerSaid, Step } from '../../../shared/protocol/picker.ts';
import type { RowsPlace } from '../../../shared/protocol/site.ts';
import { placeOf } from '../../sites/locate.ts';
import { textOf } from '../../sites/text.ts';
import { pickAt, waysTo } from './pick.ts';
import { Pointer } from './pointer.ts';
import { onSaid, tell } from './talk.ts';

/** The picker in a frame of the page: it marks what is pointed at here, and tells the page. */
export class FramePicker {
  readonly #stop = new AbortController();
  #step: Step | null = null;
  #list: RowsPlace | null = null;
  #said: readonly string[] = [];

  start(): void {
    const { signal } = this.#stop;
    onSaid((message) => this.#hear(message), signal);
    const pointer = new Pointer(
      {
        onAt: (element) => void tell(this.#at(element)),
        onTake: (element) => this.#take(element),
        onLeave: () => void tell({ said: 'leave' }),
        onKey: (key) => {
          if (key === 'Enter' && pointer.at) this.#take(pointer.at);
          return key === 'Enter';
        },
        isOurs: () => false,
      },
      signal,
    );
    void tell({ said: 'here', origin: location.origin });
  }

  end(): void {
    this.#stop.abort();
  }

  #hear(message: PickerSaid): void {
    if (message.said === 'leave') return this.end();
    if (message.said !== 'step') return;
    this.#step = message.step;
    this.#said = message.texts;
    this.#list = message.list;
  }

  #pick(element: Element) {
    const ground = { page: document, place: placeOf(window), said: this.#said };
    return this.#step && pickAt(element, this.#step, this.#list, ground);
  }

  #at(element: Element): PickerSaid {
    const pick = this.#pick(element);
    const text = pick?.text ?? plainLine(textOf(element), 200) ?? '';
    return { said: 'at', text, ways: pick ? waysTo(pick) : 0, rows: pick?.as === 'column' ? pick.count : 0 };
  }

  #take(element: Element): void {
    const pick = this.#pick(element);
    if (pick) void tell({ said: 'took', pick });
  }
}
