import { PORTS } from '../../shared/protocol/overlay.ts';
import { BridgeFrame } from './bridge-frame.ts';

/** One bridge for as long as this document lives; the background comes and goes, and the last one is answered. */
const bridge = new BridgeFrame(__PWA_ORIGIN__);

chrome.runtime.onConnect.addListener((port) => {
  // Only the background: everything with a tab is a page or a frame in one.
  if (port.name !== PORTS.bridge || port.sender?.id !== chrome.runtime.id || port.sender.tab) return;
  bridge.serve(port);
});
