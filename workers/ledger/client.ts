import { proxy, type Remote, transfer, wrap } from 'comlink';
import {
  CHANGE_CHANNEL,
  type ChangeNotice,
  type LedgerService,
  type Receipt,
  type RememberedHead,
} from '../../shared/protocol/ledger.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
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

/** What was appended is remembered outside the database before anybody is told of it. */
function grown(head: Head, outcome: Outcome<Receipt>): Outcome<Receipt> {
  if (outcome.ok) head.grow(outcome.value.seq + 1, outcome.value.hash);
  return outcome;
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
    append: async (input) => grown(head, await remote.append(input)),
    receipt: (entryId) => remote.receipt(entryId),
    prepareStaff: (pin) => remote.prepareStaff(pin),
    prepareKey: (staff, pin) => remote.prepareKey(staff, pin),
    changePin: async (change) => grown(head, await remote.changePin(change)),
    rotateKey: async (rotation) => grown(head, await remote.rotateKey(rotation)),
    people: () => remote.people(),
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
    approval: (question) => remote.approval(question),
    whoMay: (question) => remote.whoMay(question),
    factorsFor: (question) => remote.factorsFor(question),
    factorChallenge: (entry, signed) => remote.factorChallenge(entry, signed),
    factorsInUse: () => remote.factorsInUse(),
    proposals: () => remote.proposals(),
    openProposals: () => remote.openProposals(),
    recordedOn: (query) => remote.recordedOn(query),
    openWork: () => remote.openWork(),
    keepPatient: (details) => remote.keepPatient(details),
    revealPatients: (refs, session) => remote.revealPatients(refs, session),
    discloseAll: (session) => remote.discloseAll(session),
    pairedPhones: () => remote.pairedPhones(),
    phoneKeys: () => remote.phoneKeys(),
    makePhoneKey: (invitation, own) => remote.makePhoneKey(invitation, own),
    witnessOnPhone: (request, pin) => remote.witnessOnPhone(request, pin),
    forgetPhoneKey: (key) => remote.forgetPhoneKey(key),
    access: () => remote.access(),
    signIn: (staff, pin) => remote.signIn(staff, pin),
    signOut: () => remote.signOut(),
    stayAwake: () => remote.stayAwake(),
    endSession: (session) => remote.endSession(session),
    findPatients: (query, session) => remote.findPatients(query, session),
    patientOf: (entryId, session) => remote.patientOf(entryId, session),
    rotation: () => remote.rotation(),
    stageRotation: (session, onProgress) => remote.stageRotation(session, proxy(onProgress)),
    dropRotation: () => remote.dropRotation(),
    erasable: (before) => remote.erasable(before),
    saveDraft: (draft) => remote.saveDraft(draft),
    drafts: () => remote.drafts(),
    dropDraft: (entryId) => remote.dropDraft(entryId),
    setting: async (key) => (await remote.settings())[key],
    setSetting: (key, value) => remote.setSetting(key, value),
    connectSource: async (port) => {
      if (port instanceof MessagePort) await remote.connectSource(transfer(port, [port]));
    },
  };
}
