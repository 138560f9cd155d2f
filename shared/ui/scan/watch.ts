import type { FrameScanner, Verdict } from '../../codes/sighting.ts';
import { type Camera, CameraError, type OpenCamera } from './camera.ts';
import { videoFrames } from './frames.ts';

export interface Watch {
  readonly openCamera: OpenCamera;
  readonly scanner: FrameScanner<ImageBitmap, AbortSignal>;
  readonly video: HTMLVideoElement;
  readonly signal: AbortSignal;
  /** The picture is on. */
  readonly onPicture: (camera: Camera) => void;
  /** What one frame said; the next one is looked at when this is done. */
  readonly onVerdict: (verdict: Verdict) => void | Promise<void>;
}

/**
 * Opens the camera and reads frames until the signal is aborted; then, or when anything fails, the
 * camera is free again. Rejects with `CameraError` or an Error in words for people; an abort by the
 * signal is no error.
 */
export async function watchCamera(watch: Watch): Promise<void> {
  const { openCamera, scanner, video, signal } = watch;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let camera: Camera | undefined;
  try {
    // The decoder loads while the person answers the browser's question; its fault shows at the first frame.
    scanner.open(either).catch(() => undefined);
    camera = await openCamera(either);
    void camera.ended.then(() => stop.abort(new CameraError('ended')));
    video.srcObject = camera.stream;
    await video.play();
    watch.onPicture(camera);
    for await (const frame of videoFrames(video, either)) {
      await watch.onVerdict(await scanner.see(frame, either));
    }
    either.throwIfAborted();
  } catch (error) {
    if (signal.aborted) return;
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    stop.abort();
    camera?.stop();
    video.srcObject = null;
  }
}
