import { startLedger } from '../../workers/ledger/client.ts';
import { exportPackage } from '../../workers/package/client.ts';
import { verifyLedger } from '../../workers/verify/client.ts';
import { timeAppends } from './append.ts';
import { decodeBench } from './decode.ts';
import { SEED_PIN, seedLedger } from './seed.ts';
import { bareRate, hashRate, poolRate, readLines, signatureTasks } from './verify.ts';

/** What the runner asks of this page, one call a measurement. */
const bench = {
  /** Fills this origin's empty store and gives who may sign with which PIN. */
  async seed(records: number): Promise<{ performer: string; pin: string }> {
    const { registrant } = await seedLedger({ records });
    return { performer: registrant, pin: SEED_PIN };
  },

  async appends(count: number, who: { performer: string; pin: string }): Promise<number[]> {
    const { service, stop } = startLedger();
    await service.open(null);
    const times = await timeAppends(service, { ...who, count });
    stop();
    return times;
  },

  async verify(): Promise<{ records: number; seconds: number; ok: boolean }> {
    const { service, source, stop } = startLedger();
    await service.open(null);
    const started = performance.now();
    const verdict = await verifyLedger(source(), new Date().toISOString());
    const seconds = (performance.now() - started) / 1000;
    stop();
    return { records: verdict.summary.records, seconds, ok: verdict.integrity.ok };
  },

  /** The first lines of the log, for the reference that runs beside this page. */
  async lines(count: number): Promise<string> {
    return (await this.read()).slice(0, count).join('\n');
  },

  async read(): Promise<string[]> {
    const { service, source, stop } = startLedger();
    await service.open(null);
    const lines = await readLines(source());
    stop();
    return lines;
  },

  async hashing(): Promise<number> {
    return hashRate(await this.read());
  },

  /** The pool and bare WebCrypto in turn, so that a change of the machine's speed meets both. */
  async signatures(count: number, rounds: number): Promise<{ pool: number; bare: number }[]> {
    const tasks = await signatureTasks(await this.read(), count);
    const [first] = tasks;
    if (!first) throw new Error('There is no signature to check.');
    const pairs: { pool: number; bare: number }[] = [];
    for (let i = 0; i < rounds; i += 1) {
      pairs.push({ bare: await bareRate(first, tasks.length), pool: await poolRate(tasks, 512) });
    }
    return pairs;
  },

  async export(): Promise<{ seconds: number; bytes: number; progress: number }> {
    const { service, source, stop } = startLedger();
    await service.open(null);
    const started = performance.now();
    let progress = 0;
    const answer = await exportPackage(source(), {
      ...{ made: new Date().toISOString(), build: 'bench' },
      onProgress: () => {
        progress += 1;
      },
    });
    stop();
    return {
      seconds: (performance.now() - started) / 1000,
      bytes: answer.kind === 'package' ? answer.blob.size : 0,
      progress,
    };
  },

  decode: () => decodeBench(),
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
