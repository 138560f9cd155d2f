// What another extension in the same browser can try: it speaks to everybody's background and runs in every page.
globalThis.knock = async (id, message) => {
  const said = await chrome.runtime.sendMessage(id, message).catch((error) => String(error));
  const heard = await new Promise((done) => {
    const all = [];
    const port = chrome.runtime.connect(id, { name: 'countersign-frame' });
    port.onMessage.addListener((one) => all.push(one));
    port.onDisconnect.addListener(() => done({ all, why: chrome.runtime.lastError?.message }));
    port.postMessage({ kind: 'enter', nonce: null });
  });
  return { said, heard };
};

/** Runs one of the named deeds below in the tab of that address. */
globalThis.inPage = async (address, deed, given) => {
  const tab = (await chrome.tabs.query({})).find(({ url }) => url === address);
  const [{ result }] = await chrome.scripting.executeScript({
    target: { tabId: tab.id },
    func: DEEDS[deed],
    args: [given ?? null],
  });
  return result;
};

const DEEDS = {
  /** Opens the closed root, which only extensions can, and takes what there is to take. */
  pierce: () => {
    const host = document.querySelector('html > [popover]');
    const frame = chrome.dom.openOrClosedShadowRoot(host).querySelector('iframe');
    const reach = (read) => {
      try {
        return String(read());
      } catch (error) {
        return error.name;
      }
    };
    return {
      src: frame.src,
      text: reach(() => frame.contentWindow.document.body.textContent),
      ledger: reach(() => frame.contentWindow.chrome.runtime.id),
      session: reach(() => typeof globalThis.countersignSession),
    };
  },
  /** Makes the frame nearly see-through from inside of the root, where no rule of the page reaches. */
  fade: (opacity) => {
    const host = document.querySelector('html > [popover]');
    const frame = chrome.dom.openOrClosedShadowRoot(host).querySelector('iframe');
    if (opacity === null) frame.removeAttribute('style');
    else frame.style.setProperty('opacity', opacity, 'important');
  },
  /** Shows a frame of its own with the number that it took. */
  frame: (src) => {
    const frame = document.createElement('iframe');
    frame.src = src;
    frame.id = 'stolen';
    document.body.append(frame);
  },
};
