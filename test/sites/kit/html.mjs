/** Markup for the pages that a server renders. */

export const esc = (text) =>
  String(text).replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c],
  );

/** A document; `body` is markup, `title` is text. */
export const documentOf = (title, body, head = '') => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)}</title>
<link rel="stylesheet" href="/pms.css">
<link rel="stylesheet" href="/kit/shapes.css">
${head}</head>
<body>${body}</body>
</html>`;

/** The one page of an application that draws itself. */
export const appPage = (title, script) =>
  documentOf(title, '<div id="app"></div>', `<script type="module" src="${script}"></script>\n`);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day, `2026-11-20`, as a system writes it. */
export function dateAs(form, day) {
  const [year, month, date] = day.split('-');
  if (form === 'MM/DD/YYYY') return `${month}/${date}/${year}`;
  return form === 'DD MMM YYYY' ? `${date} ${MONTHS[Number(month) - 1]} ${year}` : day;
}
