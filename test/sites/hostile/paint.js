// Ways of painting over the form from somewhere else, or with what no press ever meets: a shadow, a reflection, a filter,
// the ground behind a dialog. Each goes by what `attacks.js` has made before this script ran.
const beside =
  'position:fixed;inset:auto;left:400px;top:12px;width:400px;height:776px;margin:0;padding:0;border:0;overflow:visible;pointer-events:none;background:#fff;';
const dot =
  'position:fixed;inset:auto;left:700px;top:380px;width:10px;height:10px;margin:0;padding:0;border:0;pointer-events:none;';
const svg = (inner) => `<svg width="10" height="10" style="overflow:visible">${inner}</svg>`;
const vast = 'x="-2000" y="-2000" width="5000" height="5000"';

Object.assign(ATTACKS, {
  'throws a shadow over the form': () => lay(`${beside}box-shadow:460px 0 #fff`),
  'draws an outline over the form': () => lay(`${dot}outline:560px solid #fff`),
  'drops a filter’s shadow on the form': () => lay(`${beside}filter:drop-shadow(460px 0 #fff)`),
  'is reflected in the form': () => lay(`${beside}-webkit-box-reflect:right 60px`),
  'has a border that reaches over the form': () =>
    lay(
      `${dot}border:2px solid;border-image:linear-gradient(#fff,#fff) 1;border-image-width:600px;border-image-outset:600px`,
    ),
  'writes a shadow of letters over the form': () => {
    lay(`${beside}font:900 700px/1 monospace;text-shadow:460px 0 #fff`).textContent = '█';
  },
  'underlines with a wall': () => {
    const css =
      'left:0;width:1300px;height:5px;font:20px monospace;white-space:nowrap;text-decoration:underline #fff 700px;text-underline-offset:10px';
    lay(beside + css).textContent = 'x'.repeat(110);
  },
  'ends a line in a vast marker': () => {
    lay(beside).innerHTML = svg(
      '<marker id="m" markerUnits="userSpaceOnUse" markerWidth="3000" markerHeight="3000" overflow="visible"><rect width="2000" height="2000" fill="#fff"/></marker><path d="M0 0L1 0" marker-start="url(#m)" fill="none"/>',
    );
  },
  'floods a filter': () => {
    lay(beside).innerHTML = svg(
      `<filter id="f" filterUnits="userSpaceOnUse" ${vast}><feFlood flood-color="#fff"/></filter><g filter="url(#f)"><rect width="1" height="1"/></g>`,
    );
  },
  'covers it with what is inert': () => {
    lay(`${over}background:#fff`).inert = true;
  },
  'covers it with a hint': () => {
    const cover = put('div', `${over}background:#fff;pointer-events:none`);
    cover.popover = 'hint';
    cover.showPopover();
  },
  'covers it with the ground of a tiny popover': () => {
    rule('#dot::backdrop{background:#fff!important;pointer-events:none}');
    lay(dot).id = 'dot';
  },
  'covers it with a frame': () => {
    const cover = put('iframe', `${over}pointer-events:none`);
    cover.srcdoc = '<body style="background:#fff">';
    cover.popover = 'manual';
    cover.showPopover();
  },
  'leaves a hole at the button': () =>
    lay(`${over}background:#fff;pointer-events:none;clip-path:polygon(0 0,100% 0,100% 80%,0 80%)`),
  'blurs what is behind glass': () =>
    lay(`${over}background:none;backdrop-filter:blur(9px);pointer-events:none`),
  'moves a cover in by animation': () => {
    rule('@keyframes in{from{transform:translateX(-3000px)}}');
    lay(`${over}background:#fff;pointer-events:none;animation:in 400ms steps(2) infinite alternate`);
  },
  'covers it in a transition of views': () => {
    rule(
      '#view{view-transition-name:cover} ::view-transition{pointer-events:none} ::view-transition-old(root){display:none} ::view-transition-new(*){animation:none!important} ::view-transition-group(*){animation-duration:300s!important}',
    );
    put('div', 'position:fixed;left:900px;top:100px;width:300px;height:300px;background:#fff').id = 'view';
    const transition = document.startViewTransition(() => {});
    undo.push(() => transition.skipTransition());
  },
  'makes a popover of the root': () => {
    const root = document.documentElement;
    root.popover = 'manual';
    root.showPopover();
    undo.push(() => root.removeAttribute('popover'));
  },
});
