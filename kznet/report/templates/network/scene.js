// The picture: vis-network holds the accounts and the camera; discs, ties and marks are drawn here.
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
const distant = (i) => pointed() !== null && i !== pointed() && !near.has(i);

function drawAccount(ctx, i, x, y) {
  const r = markRadius(i);
  const pixel = 1 / scale();
  ctx.globalAlpha = distant(i) ? 0.25 : 1;
  trace(ctx, shapeOf(i), x, y, r);
  ctx.fillStyle = theme[colours[i]];
  ctx.strokeStyle = theme["mark-edge"];
  ctx.lineWidth = 0.8 * pixel;
  ctx.fill();
  ctx.stroke();
}

function drawRings(ctx, i, x, y) {
  const r = markRadius(i);
  const pixel = 1 / scale();
  ctx.globalAlpha = distant(i) ? 0.25 : 1;
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

const discColour = (disc) => (view.colour === "community" ? communityColour(disc.number) : "disc-edge");
const discsSeen = () => (view.focus ? [] : data.discs.filter((disc) => communityShown(disc.number)));

function drawDiscs(ctx) {
  discsSeen().forEach((disc) => {
    ctx.beginPath();
    ctx.arc(disc.x, disc.y, disc.radius, 0, 2 * Math.PI);
    ctx.fillStyle = theme.disc;
    ctx.fill();
    ctx.lineWidth = (view.colour === "community" ? 2 : 1) / scale();
    ctx.strokeStyle = theme[discColour(disc)];
    ctx.stroke();
  });
}

function redraw() {
  sheets = null;
  near = pointed() === null ? new Set() : neighbours(pointed());
  if (!canvas.hidden) network.redraw();
}

function fit() {
  const seen = indices(N).filter((i) => shown[i]);
  const discs = discsSeen();
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

function moveTo(places) {
  nodes.update(places.map(([i, x, y]) => ({ id: i, x: (X[i] = x), y: (Y[i] = y) })));
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
  if (!moved.length) return;
  sheets = null;
  forgetLabels();
});
