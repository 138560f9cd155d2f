import type { FrameScanner } from '../../shared/codes/sighting.ts';
import type { ScanClient } from './client.ts';
import { FRESH, guideBox, type PolicyState, seeFrame, wholeFrameDue } from './frame-policy.ts';

/**
 * The scanner of one view: sends frames to the decoding worker, guide box first, and judges the answers.
 * @param today gives YYYY-MM-DD, asked for each frame since a view may stay open over midnight
 */
export function createFrameScanner(
  client: ScanClient,
  today: () => string,
): FrameScanner<ImageBitmap, AbortSignal> {
  let state: PolicyState = FRESH;
  let frames = 0;
  return {
    open: (signal) => client.open(signal),
    async see(frame, signal) {
      const region = guideBox(frame.width, frame.height);
      const whole = wholeFrameDue(frames);
      frames += 1;
      const { symbols } = await client.decode({ frame, region, whole }, signal);
      const seen = seeFrame(state, symbols, today());
      state = seen.state;
      return seen.verdict;
    },
    forget() {
      state = FRESH;
    },
  };
}
