// Ties straight onto the canvas, many to a path: one object a tie made 5,000 of them slow.
let sheets = null; // kept from frame to frame, until something about the ties changes

const thickness = (weight) => (weight < 2 ? 0 : weight < 10 ? 1 : 2);
const lit = (e) => pointed() !== null && (tieFrom[e] === pointed() || tieTo[e] === pointed());

// One entry a look, the lit ones last: kind, width in pixels, how opaque, and its ties.
function tieSheets() {
  const found = new Map();
  for (let e = 0; e < M; e += 1) {
    if (!tieShown[e]) continue;
    const key = (lit(e) ? 100 : 0) + tieKind[e] * 10 + thickness(tieNow[e]);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(e);
  }
  const faint = Math.max(0.12, Math.min(0.7, 9 / Math.sqrt(M + 1)));
  return [...found.keys()].sort((a, b) => a - b).map((key) => ({
    kind: data.kinds[Math.floor((key % 100) / 10)],
    width: [0.8, 1.5, 2.6][key % 10] * (key >= 100 ? 1.4 : 1),
    alpha: key >= 100 ? 0.85 : pointed() === null ? faint : faint * 0.3,
    ties: found.get(key),
    lit: key >= 100,
  }));
}

function pathOf(ties) {
  const path = new Path2D();
  ties.forEach((e) => {
    path.moveTo(X[tieFrom[e]], Y[tieFrom[e]]);
    path.lineTo(X[tieTo[e]], Y[tieTo[e]]);
  });
  return path;
}

function drawTies(ctx) {
  sheets ??= tieSheets().map((sheet) => ({ ...sheet, path: pathOf(sheet.ties) }));
  sheets.forEach((sheet) => {
    ctx.globalAlpha = sheet.alpha;
    ctx.strokeStyle = theme["tie-" + sheet.kind];
    ctx.lineWidth = sheet.width / scale();
    ctx.setLineDash(DASHES[sheet.kind].map((step) => step / scale()));
    ctx.stroke(sheet.path);
    ctx.setLineDash([]);
    if (sheet.lit) drawHeads(ctx, sheet.ties);
  });
  ctx.globalAlpha = 1;
}

// Heads stand past the middle of a tie: at its end, those of a hub would grow into a halo.
const HEAD = 5.5;
function headOf(e) {
  const [x, y] = [X[tieFrom[e]], Y[tieFrom[e]]];
  const [dx, dy] = [X[tieTo[e]] - x, Y[tieTo[e]] - y];
  const long = Math.hypot(dx, dy);
  if (long * scale() < 5 * HEAD) return null;
  const [ux, uy] = [dx / long, dy / long];
  const size = HEAD / scale();
  const [tipX, tipY] = [x + 0.6 * dx, y + 0.6 * dy];
  const corner = (side) => [tipX - 1.7 * size * ux - side * size * uy, tipY - 1.7 * size * uy + side * size * ux];
  return [[tipX, tipY], corner(0.75), corner(-0.75)];
}

function drawHeads(ctx, ties) {
  ctx.beginPath();
  ties.map(headOf).filter(Boolean).forEach((corners) => {
    corners.forEach(([x, y], k) => ctx[k ? "lineTo" : "moveTo"](x, y));
    ctx.closePath();
  });
  ctx.fillStyle = ctx.strokeStyle;
  ctx.fill();
}
