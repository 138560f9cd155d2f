import type { TreatmentRow } from '../../shared/domain/reconcile/types.ts';
import { MOST_ROWS, parseRows } from '../../shared/protocol/rows.ts';
import type { Desk } from './desk.ts';
import { askPage } from './page-reader.ts';
import { putOverlayScript } from './sites.ts';

/**
 * The treatments that a tab's page lists, its own and those of its frames that have something to say; `null` where no
 * document lists any.
 */
export async function readTreatments(desk: Desk, tab: number): Promise<TreatmentRow[] | null> {
  const known = (await desk.parts.read())[tab] ?? [];
  const frames = [0, ...known.map(({ frame }) => frame).filter((frame) => frame !== 0)];
  const said = await Promise.all(
    frames.map(async (frame) => {
      await putOverlayScript(tab, frame);
      return parseRows(await askPage(tab, { kind: 'read-rows' }, frame));
    }),
  );
  if (said.every((rows) => rows === null)) return null;
  return said.flatMap((rows) => rows ?? []).slice(0, MOST_ROWS);
}
