// Notes all that a page can come to know by itself, from before anything of ours is there: events with what they carry,
// changes of the document, entries of the timeline, reports, errors.
(() => {
  const noted = [];
  const note = (...what) => {
    noted.push(what.map((one) => say(one)).join(' '));
  };
  function noteAll(given) {
    for (const one of given) note(one.toJSON());
  }
  function say(one) {
    if (one instanceof Node) return one.outerHTML ?? one.textContent;
    if (typeof one !== 'object' || one === null) return String(one);
    return JSON.stringify(one, (_key, value) => (value instanceof Node ? say(value) : value));
  }
  const TYPES =
    'message messageerror error unhandledrejection focus blur focusin focusout beforetoggle toggle load scroll wheel click ' +
    'pointerdown keydown keyup beforeinput input change copy cut paste dragstart drop select selectionchange submit ' +
    'securitypolicyviolation storage visibilitychange fullscreenchange hashchange popstate resize slotchange';
  for (const target of [window, document])
    for (const type of TYPES.split(' '))
      target.addEventListener(
        type,
        (event) =>
          note(type, event.target, event.data, event.detail, event.key, event.message, event.filename),
        true,
      );
  new MutationObserver((changes) => {
    for (const change of changes)
      note(change.type, change.attributeName, change.oldValue, ...change.addedNodes, ...change.removedNodes);
  }).observe(document, {
    ...{ childList: true, subtree: true, attributes: true, characterData: true },
    ...{ attributeOldValue: true, characterDataOldValue: true },
  });
  for (const type of PerformanceObserver.supportedEntryTypes)
    new PerformanceObserver((list) => noteAll(list.getEntries())).observe({ type, buffered: true });
  new ReportingObserver(noteAll, { buffered: true }).observe();

  /** All that was noted, and all that stands in the page, its windows and its stores. */
  globalThis.allSeen = async () =>
    [
      ...noted,
      ...performance.getEntries().map((entry) => say(entry.toJSON())),
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
      ...[window.name, document.title, document.cookie, location.href, String(getSelection())],
      ...[document.currentScript?.outerHTML, say(history.state), window.length, document.activeElement],
      ...[...Object.entries(localStorage), ...Object.entries(sessionStorage)].flat(),
      ...(await indexedDB.databases()).map(({ name }) => name),
      ...(await caches.keys()),
    ]
      .map(String)
      .join('\n');
})();
