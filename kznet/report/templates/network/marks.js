// Shapes and colours of accounts and ties, the same on the canvas, in the legend and in lists.
const OUTLINES = data.outlines;

function trace(ctx, shape, x, y, r) {
  const outline = OUTLINES[shape];
  ctx.beginPath();
  if (!outline) {
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  outline.forEach(([dx, dy], i) => ctx[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  ctx.closePath();
}

function form(shape, x, y, r, paint) {
  const outline = OUTLINES[shape];
  const round = (value) => String(Math.round(value * 10) / 10);
  return outline
    ? svg("polygon", { points: outline.map(([dx, dy]) => `${round(x + r * dx)},${round(y + r * dy)}`).join(" "), ...paint })
    : svg("circle", { cx: round(x), cy: round(y), r: round(r), ...paint });
}

function mark(shape, colour) {
  const paint = { fill: colour, stroke: "var(--mark-edge)", "stroke-width": 0.7 };
  return svg("svg", { viewBox: "0 0 16 16", class: "mark", "aria-hidden": "true" }, form(shape, 8, 8, shape in OUTLINES ? 5.4 : 4.8, paint));
}

function tieSample(kind) {
  const line = svg("line", { x1: 1, y1: 8, x2: 31, y2: 8, stroke: `var(--tie-${kind})`, "stroke-width": 2.2, "stroke-dasharray": DASHES[kind].join(" ") });
  return svg("svg", { viewBox: "0 0 32 16", class: "sample", "aria-hidden": "true" }, line);
}

const DASHES = { follow: [], repost: [], mention: [7, 3], reply: [2, 3], quote: [8, 3, 2, 3] };
const COMMUNITY_COLOURS = 7;

// Canvas colours come from the stylesheet, so that a theme is written down once.
let theme = {};
function readTheme() {
  const css = getComputedStyle(document.documentElement);
  theme = new Proxy({}, { get: (kept, name) => (kept[name] ??= css.getPropertyValue("--" + name).trim()) });
}
readTheme();

const shapeOf = (i) => graph.nodes.shape[i];
const accountMark = (i) => mark(shapeOf(i), `var(--${colours[i]})`);
