import type { Camera, CameraError, OpenCamera } from '../../shared/ui/scan/camera.ts';
import { drawLabels, type Placed } from './symbols.ts';

export interface MadeUpCamera {
  readonly open: OpenCamera;
  /** What the camera looks at from now on. */
  show(symbols: readonly Placed[]): void;
  /** Times that the light was switched. */
  readonly light: boolean[];
  /** Pulls the plug. */
  unplug(): void;
  readonly openNow: () => number;
}

/** A camera whose picture is a canvas; a real MediaStream, played by a real video element. */
export function madeUpCamera(options: { torch?: boolean; refuse?: CameraError } = {}): MadeUpCamera {
  let looking: readonly Placed[] = [];
  let unplug = () => {};
  let openNow = 0;
  const light: boolean[] = [];

  async function open(signal: AbortSignal): Promise<Camera> {
    signal.throwIfAborted();
    if (options.refuse) throw options.refuse;
    const canvas = document.createElement('canvas');
    canvas.width = 1280;
    canvas.height = 720;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const stream = canvas.captureStream(20);
    let running = true;
    const draw = () => {
      drawLabels(context, 1280, 720, looking);
      if (running) requestAnimationFrame(draw);
    };
    draw();
    openNow += 1;
    return {
      stream,
      torch: options.torch ? async (on) => void light.push(on) : undefined,
      ended: new Promise((resolve) => {
        unplug = resolve;
      }),
      stop() {
        if (running) openNow -= 1;
        running = false;
        for (const track of stream.getTracks()) track.stop();
      },
    };
  }

  return {
    open,
    show(symbols) {
      looking = symbols;
    },
    light,
    unplug: () => unplug(),
    openNow: () => openNow,
  };
}
