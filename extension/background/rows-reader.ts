import type { Treatments } from '../../shared/domain/reconcile/types.ts';
import { MOST_ROWS, parseTreatments } from '../../shared/protocol/rows.ts';
import type { Desk } from './desk.ts';
import { askPage } from './page-reader.ts';
import { putOverlayScript } from './sites.ts';

/**
 * The treatments that a tab's page lists, its own and those of its frames that have something to say; `null` where no
 * document lists any.
 */
export async function readTreatments(desk: Desk, tab: number): Promise<Treatments | null> {
  const known = (await desk.parts.read())[tab] ?? [];
  const frames = [0, ...known.map(({ frame }) => frame).filter((frame) => frame !== 0)];
  const said = await Promise.all(
    frames.map(async (frame) => {
      await putOverlayScript(tab, frame);
      return parseTreatments(await askPage(tab, { kind: 'read-rows' }, frame));
    }),
  );
  const lists = said.filter((list) => list !== null);
  if (lists.length === 0) return null;
  const rows = lists.flatMap((list) => list.rows);
  const [only, ...others] = lists;
  return {
    rows: rows.slice(0, MOST_ROWS),
    more: rows.length > MOST_ROWS || lists.some(({ more }) => more),
    ...(only?.drawn && others.length === 0 ? { drawn: only.drawn } : {}),
  };
}
