import { cameraOpener, type OpenCamera } from '../../shared/ui/scan/camera.ts';
import { zxingTorch } from '../../shared/ui/scan/torch.ts';

/** The device's camera for the scanner view. */
export const openCamera: OpenCamera = cameraOpener(navigator.mediaDevices, zxingTorch);
