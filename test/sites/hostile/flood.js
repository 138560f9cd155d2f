// A page of ten thousand rows that changes fifty times a second, as a busy whiteboard does. What it measures of itself,
// frames and long tasks, is read by the bench.
const ROWS = 10_000;
const EVERY = 20;
const table = document.createElement('table');
table.className = 'grid';
// The page itself has to keep up, also on a slow computer.
table.style.tableLayout = 'fixed';
const rows = Array.from({ length: ROWS }, (_, at) => {
  const row = table.insertRow();
  for (const text of [`P-${20_000 + at}`, 'Treatment', 'Ketamine 100 mg/mL', '0.35 mL IV', 'waiting'])
    row.insertCell().textContent = text;
  return row;
});
document.querySelector('main').append(table);

let turn = 0;
setInterval(() => {
  turn += 1;
  const row = rows[(turn * 7) % ROWS];
  row.lastElementChild.textContent = `seen ${turn}`;
  row.className = turn % 2 ? 'late' : '';
  if (turn % 10 === 0) row.parentNode.append(row);
}, EVERY);

/** Counts for so many milliseconds: frames that were drawn, and tasks over 50 ms. */
globalThis.measure = (milliseconds) =>
  new Promise((done) => {
    const long = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
    observer.observe({ entryTypes: ['longtask'] });
    let frames = 0;
    const start = performance.now();
    const step = () => {
      frames += 1;
      if (performance.now() - start < milliseconds) return requestAnimationFrame(step);
      observer.disconnect();
      return done({ frames, long: long.map(({ duration }) => duration), changes: turn });
    };
    requestAnimationFrame(step);
  });
