import { proxy, type Remote, transfer, wrap } from 'comlink';
import {
  CHANGE_CHANNEL,
  type ChangeNotice,
  type LedgerService,
  type RememberedHead,
} from '../../shared/protocol/ledger.ts';
import { parseNotice, parseRemembered } from './parse.ts';
import type { LedgerWire } from './wire.ts';

/** The page's side of the ledger worker. */
export type LedgerClient = {
  service: LedgerService;
  /** Tells of every change by whichever tab, this one included. Gives back what ends the telling. */
  onChange(listener: (notice: ChangeNotice) => void): () => void;
  /** A read-only door to the log, for a verify or package worker. */
  source(): MessagePort;
  /** Ends the worker. An append that it was in the middle of is there or not there, never half. */
  stop(): void;
};

/** Where the page keeps the head outside IndexedDB: `localStorage`. */
export type HeadMemory = { getItem(key: string): string | null; setItem(key: string, value: string): void };
declare const localStorage: HeadMemory;

export const HEAD_KEY = 'countersign.head';

/** Starts the ledger worker of this page. `service.open()` opens the store with the head that was remembered. */
export function startLedger(memory: HeadMemory = localStorage): LedgerClient {
  const worker = new Worker(new URL('./ledger.worker.ts', import.meta.url), { type: 'module' });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(port2, [port2]);
  const remote = wrap<LedgerWire>(port1);
  const head = rememberHead(memory);
  const service = serviceOf(remote, head);
  const channel = new BroadcastChannel(CHANGE_CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const notice = parseNotice(data);
    if (notice?.kind === 'appended') head.grow(notice.seq + 1, notice.hash);
  });
  return {
    service,
    onChange: (listener) => {
      const hear = ({ data }: MessageEvent<unknown>) => {
        const notice = parseNotice(data);
        if (notice) listener(notice);
      };
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    source: () => {
      const door = new MessageChannel();
      void remote.connectSource(transfer(door.port1, [door.port1]));
      return door.port2;
    },
    stop: () => {
      channel.close();
      worker.terminate();
    },
  };
}

type Head = {
  read(): RememberedHead | null;
  set(head: RememberedHead): void;
  grow(size: number, hash: string): void;
};

/** The head outside the database. It only ever grows within a ledger: a shorter log is what it is there to notice. */
function rememberHead(memory: HeadMemory): Head {
  const read = () => parseRemembered(attempt(() => memory.getItem(HEAD_KEY)));
  const set = (head: RememberedHead) => {
    const held = read();
    if (held?.ledger === head.ledger && held.size >= head.size) return;
    attempt(() => memory.setItem(HEAD_KEY, JSON.stringify(head)));
  };
  return {
    read,
    set,
    grow: (size, hash) => {
      const held = read();
      if (held) set({ ledger: held.ledger, size, hash });
    },
  };
}

/** A page without storage still works; it only cannot notice that the database went away. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function serviceOf(remote: Remote<LedgerWire>, head: Head): LedgerService {
  const note = async () => {
    const status = await remote.status();
    if (status.state === 'ready') head.set({ ledger: status.ledger, ...status.head });
    return status;
  };
  return {
    open: async (remembered) => {
      const status = await remote.open(remembered ?? head.read());
      if (status.state === 'ready') head.set({ ledger: status.ledger, ...status.head });
      return status;
    },
    status: note,
    create: async (input) => {
      const outcome = await remote.create(input);
      await note();
      return outcome;
    },
    createDemo: async (onProgress) => {
      // Progress comes over a port of its own, so the last of it may arrive after the answer.
      let over = false;
      const tell = (done: number, of: number) => {
        if (!over) onProgress(done, of);
      };
      const outcome = await remote.createDemo(proxy(tell));
      over = true;
      await note();
      return outcome;
    },
    head: () => remote.head(),
    newId: () => remote.newId(),
    unlock: (staff, pin) => remote.unlock(staff, pin),
    lock: () => remote.lock(),
    sign: (entry, signer) => remote.sign(entry, signer),
    check: (entry, signedBy) => remote.check(entry, signedBy),
    append: async (input) => {
      const outcome = await remote.append(input);
      if (outcome.ok) head.grow(outcome.value.seq + 1, outcome.value.hash);
      return outcome;
    },
    receipt: (entryId) => remote.receipt(entryId),
    prepareStaff: (pin) => remote.prepareStaff(pin),
    today: () => remote.today(),
    staff: () => remote.staff(),
    products: () => remote.products(),
    containers: (filter) => remote.containers(filter),
    life: (container) => remote.life(container),
    countSheet: () => remote.countSheet(),
    countResult: (entryId) => remote.countResult(entryId),
    discrepancies: () => remote.discrepancies(),
    rows: (query) => remote.rows(query),
    record: (key) => remote.record(key),
    policy: () => remote.policy(),
    recordedOn: (query) => remote.recordedOn(query),
    openWork: () => remote.openWork(),
    keepPatient: (details) => remote.keepPatient(details),
    revealPatients: (refs, session) => remote.revealPatients(refs, session),
    discloseAll: (session) => remote.discloseAll(session),
    saveDraft: (draft) => remote.saveDraft(draft),
    drafts: () => remote.drafts(),
    dropDraft: (entryId) => remote.dropDraft(entryId),
    approval: (question) => remote.approval(question),
    whoMay: (question) => remote.whoMay(question),
    proposals: () => remote.proposals(),
    openProposals: () => remote.openProposals(),
    setting: async (key) => (await remote.settings())[key],
    setSetting: (key, value) => remote.setSetting(key, value),
    connectSource: async (port) => {
      if (port instanceof MessagePort) await remote.connectSource(transfer(port, [port]));
    },
  };
}
