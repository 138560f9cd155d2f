/** The next picture of a playing video. Rejects with the signal's reason when aborted before. */
function nextPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      video.cancelVideoFrameCallback(id);
      reject(signal.reason);
    };
    const id = video.requestVideoFrameCallback(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * The pictures of a video as they come, each a new ImageBitmap that the taker must close or hand on.
 * Pictures that come while the taker is busy are left out. Ends when the signal is aborted.
 */
export async function* videoFrames(
  video: HTMLVideoElement,
  signal: AbortSignal,
): AsyncGenerator<ImageBitmap> {
  while (!signal.aborted) {
    try {
      await nextPicture(video, signal);
    } catch {
      return;
    }
    if (video.videoWidth > 0) yield await createImageBitmap(video);
  }
}
