import { describe, expect, it } from 'vitest';
import { CameraError, cameraOpener, type SetTorch } from '../../shared/ui/scan/camera.ts';

const noTorch = (): SetTorch => async () => undefined;
const never = new AbortController().signal;

function stream(): MediaStream {
  return document.createElement('canvas').captureStream();
}

const refusing = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException('no', name)),
});

describe('cameraOpener', () => {
  it('asks with wishes only, so that any camera will do', async () => {
    let asked: MediaStreamConstraints | undefined;
    const devices = {
      getUserMedia(constraints?: MediaStreamConstraints) {
        asked = constraints;
        return Promise.resolve(stream());
      },
    };
    const camera = await cameraOpener(devices, noTorch)(never);
    expect(JSON.stringify(asked)).not.toMatch(/exact|min|max/);
    expect(asked).toMatchObject({ video: { width: { ideal: 1280 }, facingMode: { ideal: 'environment' } } });
    expect(camera.torch).toBeUndefined();
    camera.stop();
    expect(camera.stream.getTracks().map((track) => track.readyState)).toEqual(['ended']);
  });

  it.each([
    ['NotAllowedError', 'not-allowed'],
    ['SecurityError', 'not-allowed'],
    ['NotFoundError', 'no-camera'],
    ['OverconstrainedError', 'no-camera'],
    ['NotReadableError', 'in-use'],
    ['SomethingNewError', 'failed'],
  ])('puts %s into words', async (name, code) => {
    const refused = cameraOpener(refusing(name), noTorch)(never);
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(/type the code\.$/) });
  });

  it('says so where the browser withholds cameras', async () => {
    await expect(cameraOpener(undefined, noTorch)(never)).rejects.toMatchObject({ code: 'not-secure' });
  });

  it('is refused in words by this browser too, which has no camera', async () => {
    const refused = cameraOpener(navigator.mediaDevices, noTorch)(never);
    await expect(refused).rejects.toBeInstanceOf(CameraError);
  });

  it('frees a camera that comes after the person has left', async () => {
    const leave = new AbortController();
    const late = stream();
    const devices = {
      getUserMedia() {
        leave.abort();
        return Promise.resolve(late);
      },
    };
    await expect(cameraOpener(devices, noTorch)(leave.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(late.getTracks().map((track) => track.readyState)).toEqual(['ended']);
  });

  it('offers the light of a camera that has one', async () => {
    const lit = stream();
    const [track] = lit.getVideoTracks();
    const abilities = { torch: true };
    Object.defineProperty(track, 'getCapabilities', { value: () => abilities });
    const switched: boolean[] = [];
    const devices = { getUserMedia: () => Promise.resolve(lit) };
    const camera = await cameraOpener(devices, () => async (on) => void switched.push(on))(never);
    await camera.torch?.(true);
    expect(switched).toEqual([true]);
  });

  it('tells when the camera is unplugged', async () => {
    const unplugged = stream();
    const camera = await cameraOpener({ getUserMedia: () => Promise.resolve(unplugged) }, noTorch)(never);
    unplugged.getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
    await expect(camera.ended).resolves.toBeUndefined();
  });
});
