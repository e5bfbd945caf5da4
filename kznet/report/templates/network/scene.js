// The picture: vis-network holds the accounts and the camera; discs, ties and marks are drawn here.
// Ties are drawn straight onto the canvas, many to a path: one object a tie made 5,000 of them slow.
const homeX = graph.nodes.x;
const homeY = graph.nodes.y;
const X = homeX.slice();
const Y = homeY.slice();
const HALO = 3;
let fitted = 1;
let home = null; // the frame of the whole view, in pixels

const nodes = new vis.DataSet(
  indices(N).map((i) => ({ id: i, x: X[i], y: Y[i], size: graph.nodes.size[i], shape: "custom", ctxRenderer: renderer }))
);
const canvas = $("#canvas");
const network = new vis.Network(canvas, { nodes, edges: new vis.DataSet([]) }, graph.options);

const scale = () => network.getScale();
// marks grow more slowly than the distances between them, so that coming closer clears the view
const growth = () => Math.min(1, Math.sqrt(fitted / scale()));
const markRadius = (i) => radius[i] * growth();

function renderer({ ctx, id, x, y }) {
  return {
    drawNode: () => drawAccount(ctx, id, x, y),
    drawExternalLabel: () => drawRings(ctx, id, x, y), // after all accounts, so that none covers a ring
    nodeDimensions: { width: 2 * markRadius(id), height: 2 * markRadius(id) },
  };
}

const pointed = () => view.hovered ?? view.selected;
let near = new Set();

function drawAccount(ctx, i, x, y) {
  const r = markRadius(i);
  const pixel = 1 / scale();
  const aside = pointed() !== null && i !== pointed() && !near.has(i);
  ctx.globalAlpha = aside ? 0.25 : 1;
  trace(ctx, shapeOf(i), x, y, r);
  ctx.fillStyle = theme[colourName(i, view.colour)];
  ctx.strokeStyle = theme["mark-edge"];
  ctx.lineWidth = 0.8 * pixel;
  ctx.fill();
  ctx.stroke();
}

function drawRings(ctx, i, x, y) {
  const r = markRadius(i);
  const pixel = 1 / scale();
  ctx.globalAlpha = pointed() !== null && i !== pointed() && !near.has(i) ? 0.25 : 1;
  if (called(i)) ring(ctx, x, y, r * 1.25 + 4 * pixel, 2.4 * pixel, theme.ring, data.hubs[i].tier === "strong" ? [] : [4 * pixel, 3 * pixel]);
  if (i === view.selected) ring(ctx, x, y, r * 1.25 + (called(i) ? 8.5 : 4.5) * pixel, 2.4 * pixel, theme.accent, []);
}

function ring(ctx, x, y, r, width, colour, dash) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.setLineDash(dash);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawDiscs(ctx) {
  if (view.focus) return;
  data.discs.forEach((disc) => {
    if (disc.number === null || view.hidden.community.has(disc.number)) return;
    ctx.beginPath();
    ctx.arc(disc.x, disc.y, disc.radius, 0, 2 * Math.PI);
    ctx.fillStyle = theme.disc;
    ctx.fill();
    ctx.lineWidth = 1 / scale();
    ctx.strokeStyle = theme["disc-edge"];
    ctx.stroke();
  });
}

const thickness = (weight) => (weight < 2 ? 0 : weight < 10 ? 1 : 2);

function drawTies(ctx) {
  const at = pointed();
  const sheets = new Map();
  for (let e = 0; e < M; e += 1) {
    if (!tieShown[e]) continue;
    const lit = at !== null && (tieFrom[e] === at || tieTo[e] === at);
    const key = (lit ? 100 : 0) + tieKind[e] * 10 + thickness(tieWeight[e]);
    let sheet = sheets.get(key);
    if (!sheet) sheets.set(key, (sheet = new Path2D()));
    sheet.moveTo(X[tieFrom[e]], Y[tieFrom[e]]);
    sheet.lineTo(X[tieTo[e]], Y[tieTo[e]]);
  }
  const faint = Math.max(0.12, Math.min(0.7, 9 / Math.sqrt(M + 1)));
  [...sheets.keys()].sort((a, b) => a - b).forEach((key) => {
    const lit = key >= 100;
    const kind = data.kinds[Math.floor((key % 100) / 10)];
    ctx.globalAlpha = lit ? 0.85 : at === null ? faint : faint * 0.3;
    ctx.strokeStyle = theme["tie-" + kind];
    ctx.lineWidth = [0.8, 1.5, 2.6][key % 10] * (lit ? 1.4 : 1) / scale();
    ctx.setLineDash(DASHES[kind].map((step) => step / scale()));
    ctx.stroke(sheets.get(key));
  });
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function redraw() {
  near = pointed() === null ? new Set() : neighbours(pointed());
  network.redraw();
}

function fit() {
  const seen = indices(N).filter((i) => shown[i]);
  const discs = view.focus ? [] : data.discs.filter((disc) => disc.number === null || !view.hidden.community.has(disc.number));
  if (!seen.length) return;
  const reach = seen.map((i) => [X[i], Y[i], radius[i] + 8]).concat(discs.map((disc) => [disc.x, disc.y, disc.radius]));
  const left = Math.min(...reach.map(([x, , r]) => x - r));
  const right = Math.max(...reach.map(([x, , r]) => x + r));
  const top = Math.min(...reach.map(([, y, r]) => y - r));
  const bottom = Math.max(...reach.map(([, y, r]) => y + r));
  const { clientWidth: width, clientHeight: height } = canvas;
  const beside = view.focus && width > 600 ? 250 : 36; // names stand beside the outer ring
  const roomy = Math.min((width - beside) / (right - left), (height - (view.focus ? 150 : 84)) / (bottom - top));
  fitted = Math.max(Math.min(roomy, 1.5), 0.02);
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 - (view.focus ? 30 : 4) / fitted };
  network.moveTo({ position: middle, scale: fitted, animation: false });
  home = { left: middle.x * fitted - width / 2, right: middle.x * fitted + width / 2, top: middle.y * fitted - height / 2, bottom: middle.y * fitted + height / 2 };
}

function moveTo(places, hiding) {
  nodes.update(places.map(([i, x, y]) => ({ id: i, x: (X[i] = x), y: (Y[i] = y), hidden: hiding(i) })));
}

network.on("beforeDrawing", (ctx) => {
  drawDiscs(ctx);
  drawTies(ctx);
});
network.on("dragging", ({ nodes: moved }) => {
  Object.entries(network.getPositions(moved)).forEach(([i, { x, y }]) => {
    X[i] = x;
    Y[i] = y;
  });
  if (moved.length) forgetLabels();
});
