/** The camera behind the scanner view, with every refusal in words. */

export type CameraCode = 'not-secure' | 'not-allowed' | 'no-camera' | 'in-use' | 'ended' | 'failed';

/** Why there is no picture; the message is for the person and says what to do. */
export class CameraError extends Error {
  override readonly name = 'CameraError';
  constructor(readonly code: CameraCode) {
    super(SENTENCES[code]);
  }
}

const SENTENCES: Readonly<Record<CameraCode, string>> = {
  'not-secure':
    'The browser gives no camera to this page, because it is not opened over https or localhost. Use a USB scanner or type the code.',
  'not-allowed':
    'The camera is not allowed for this page. Allow it in the address bar or in the settings of the device and start again, or type the code.',
  'no-camera': 'No camera was found. Plug one in and start again, use a USB scanner, or type the code.',
  'in-use':
    'The camera cannot be used now; another program may hold it. Close that program and start again, or type the code.',
  ended:
    'The picture ended: the camera was unplugged, or another program took it. Start it again, use a USB scanner, or type the code.',
  failed: 'The camera did not start. Try again, use a USB scanner, or type the code.',
};

/** getUserMedia's error names (Media Capture and Streams, section 10.2), those of older browsers too. */
const CODES: Readonly<Record<string, CameraCode>> = {
  NotAllowedError: 'not-allowed',
  SecurityError: 'not-allowed',
  PermissionDeniedError: 'not-allowed',
  NotFoundError: 'no-camera',
  DevicesNotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
};

/** A light beside the camera. */
export type SetTorch = (on: boolean) => Promise<void>;

export interface Camera {
  readonly stream: MediaStream;
  /** Present only when the device says that it has one. */
  readonly torch: SetTorch | undefined;
  /** Settles when the picture ends by itself: unplugged, or taken by another program. */
  readonly ended: Promise<void>;
  /** Ends the picture and frees the camera. May be called again. */
  stop(): void;
}

/**
 * Opens the camera that looks away from the person. Rejects with `CameraError`, or with the signal's
 * reason when it is aborted; a camera that comes too late is freed.
 */
export type OpenCamera = (signal: AbortSignal) => Promise<Camera>;

/**
 * Wishes, never demands: a camera with less is still a camera. 1280x720 is where a vial's code has
 * enough pixels and a frame is still decoded in time.
 */
const WISHES: MediaStreamConstraints = {
  audio: false,
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: 'environment' } },
};

function torchOf(
  track: MediaStreamTrack,
  makeTorch: (track: MediaStreamTrack) => SetTorch,
): SetTorch | undefined {
  const abilities: object = track.getCapabilities?.() ?? {};
  return 'torch' in abilities && abilities.torch === true ? makeTorch(track) : undefined;
}

function asCamera(stream: MediaStream, makeTorch: (track: MediaStreamTrack) => SetTorch): Camera {
  const [track] = stream.getVideoTracks();
  if (!track) throw new CameraError('no-camera');
  return {
    stream,
    torch: torchOf(track, makeTorch),
    ended: new Promise((resolve) => {
      track.addEventListener('ended', () => resolve(), { once: true });
    }),
    stop() {
      for (const each of stream.getTracks()) each.stop();
    },
  };
}

/**
 * An opener for the given devices.
 * @param devices `navigator.mediaDevices`, which browsers withhold from pages that are not secure
 * @param makeTorch how the light of a track is switched
 */
export function cameraOpener(
  devices: Pick<MediaDevices, 'getUserMedia'> | undefined,
  makeTorch: (track: MediaStreamTrack) => SetTorch,
): OpenCamera {
  return async (signal) => {
    signal.throwIfAborted();
    if (!devices) throw new CameraError('not-secure');
    let stream: MediaStream;
    try {
      stream = await devices.getUserMedia(WISHES);
    } catch (error) {
      signal.throwIfAborted();
      throw new CameraError((error instanceof Error ? CODES[error.name] : undefined) ?? 'failed');
    }
    const camera = asCamera(stream, makeTorch);
    if (signal.aborted) camera.stop();
    signal.throwIfAborted();
    return camera;
  };
}
