import type { SetTorch } from './camera.ts';

/**
 * Switches a camera's light through @zxing/browser, which knows the constraints that browsers want for
 * it. The library is large, so it is loaded at the first press of the button, and only where there is a
 * light; opening and stopping the camera needs nothing of it.
 */
export function zxingTorch(track: MediaStreamTrack): SetTorch {
  return async (on) => {
    const { BrowserCodeReader } = await import('@zxing/browser');
    await BrowserCodeReader.mediaStreamSetTorch(track, on);
  };
}
