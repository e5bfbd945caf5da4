// Names that never overlap: greedy, the most important first, each box measured before it is set.
const LONGEST_LABEL = 26;
const LINE = 18;
let placed = { key: "", boxes: [] };

function forgetLabels() {
  placed.key = "";
}

// by whole signs: half an emoji is no text that a drawing could hold
function shorten(text) {
  const letters = [...text];
  return letters.length > LONGEST_LABEL ? letters.slice(0, LONGEST_LABEL - 1).join("") + "…" : text;
}
const TITLE_AIR = 13;
const fontOf = (label) => `${label.strong ? 600 : 400} ${label.px}px ${theme["canvas-font"]}`;

class Grid {
  // boxes by the cells they touch, so that a new box is compared with its surroundings only
  constructor() {
    this.cells = new Map();
  }

  *near(box) {
    for (let cx = Math.floor(box.left / 64); cx <= Math.floor(box.right / 64); cx += 1) {
      for (let cy = Math.floor(box.top / 64); cy <= Math.floor(box.bottom / 64); cy += 1) {
        yield cx * 100003 + cy;
      }
    }
  }

  add(box) {
    for (const cell of this.near(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  touching(box) {
    const found = new Set();
    for (const cell of this.near(box)) {
      (this.cells.get(cell) ?? []).forEach((other) => {
        const apart = other.right <= box.left || other.left >= box.right || other.bottom <= box.top || other.top >= box.bottom;
        if (!apart) found.add(other);
      });
    }
    return found;
  }
}

function candidates(x, y, r, width) {
  const side = r + 3;
  const low = r * 0.7 + 1;
  const at = (left, middle) => ({ left, right: left + width, top: y + middle - LINE / 2, bottom: y + middle + LINE / 2 });
  const level = [at(x + side, 0), at(x - side - width, 0), at(x - width / 2, side + LINE / 2), at(x - width / 2, -side - LINE / 2)];
  const slant = [at(x + low, low + LINE / 2), at(x + low, -low - LINE / 2), at(x - low - width, low + LINE / 2), at(x - low - width, -low - LINE / 2)];
  return [...level, ...slant.map((box) => ({ ...box, far: 0.5 }))];
}

// Names that would run out of the whole view aren't set in it.
function inside(box) {
  return home === null || Math.abs(scale() / fitted - 1) > 0.001 || (box.left > home.left + 2 && box.right < home.right - 2 && box.top > home.top + 2 && box.bottom < home.bottom - 2);
}

// The box with the fewest small marks beneath it; none if each would cover a name or a large mark.
function best(boxes, taken, own, patience) {
  let choice = null;
  let least = patience + 1;
  boxes.filter(inside).forEach((box) => {
    let cost = box.far ?? 0; // a name should stand close to its mark
    taken.touching(box).forEach((other) => {
      if (other.account !== own || own === undefined) cost += other.weight;
    });
    if (cost < least) {
      least = cost;
      choice = box;
    }
  });
  return choice;
}

function titleBoxes(disc, width, s) {
  const x = disc.x * s;
  const top = (disc.y - disc.radius) * s;
  const bottom = (disc.y + disc.radius) * s;
  const at = (dx, y) => ({ left: x + dx - width / 2, right: x + dx + width / 2, top: y - LINE / 2, bottom: y + LINE / 2 });
  const reach = disc.radius * s;
  return [at(0, top - TITLE_AIR), at(0, bottom + TITLE_AIR), ...[-0.75, 0.75, -0.95, 0.95].flatMap((turn) => {
    const slope = Math.cos(turn) * reach;
    const dx = Math.sin(turn) * reach + Math.sign(turn) * width * 0.5;
    return [at(dx, disc.y * s - slope - 9), at(dx, disc.y * s + slope + 9)];
  })];
}

function place(ctx) {
  const s = scale();
  const taken = new Grid();
  const boxes = [];
  const seen = order.filter((i) => shown[i]);
  seen.forEach((i) => {
    const r = markRadius(i) * s;
    const x = X[i] * s;
    const y = Y[i] * s;
    const weight = called(i) || i === view.selected ? 100 : r > 9 ? 3 : A.role[i] ? 1 : 0.3;
    taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r, account: i, weight });
  });
  const put = (label, spots, patience) => {
    const box = best(spots, taken, label.account, patience);
    if (!box) return false;
    const kept = { ...label, ...box, weight: 1000 };
    taken.add(kept);
    boxes.push(kept);
    return true;
  };
  const measured = (label) => {
    ctx.font = fontOf(label);
    return ctx.measureText(label.text).width + 6;
  };
  titles(s).forEach((label) => setTitle(label, (each, patience) => put(each, titleBoxes(each.disc, measured(each), s), patience)));
  const room = Math.round(((canvas.clientWidth * canvas.clientHeight) / 13000) * Math.max(1, (s / fitted) ** 2));
  const wanted = seen.filter((i, rank) => rank < room || i === view.selected || (view.focus && near.has(i)));
  wanted.sort((a, b) => (b === view.selected) - (a === view.selected));
  wanted.forEach((i) => {
    const strong = called(i) || i === view.selected;
    const label = { account: i, text: shorten(nameOf(i)), px: strong ? 13.5 : 12.5, strong };
    const r = markRadius(i) * s * (called(i) ? 1.25 : 1) + (called(i) ? 5 : 0);
    const width = measured(label);
    const further = strong ? [14, 36, 62].flatMap((more) => candidates(X[i] * s, Y[i] * s, r + more, width).map((box) => ({ ...box, far: 2 + more / 12, led: true }))) : [];
    put(label, [...candidates(X[i] * s, Y[i] * s, r, width), ...further], i === view.selected ? 300 : strong ? (canvas.clientWidth < 600 ? 16 : 9) : 1.6);
  });
  return boxes;
}

// A name that finds no free place gives way to its number, then stands over small marks.
function setTitle(label, put) {
  const short = { ...label, text: t("community.title", { number: label.disc.number }) };
  if (put(label, 0) || label.disc.number === undefined) return;
  if (!put(short, 0) && !put(label, 9)) put(short, 30);
}

function titles(s) {
  if (view.focus) return [];
  const named = discsSeen().filter((disc) => disc.radius * s > 22).map((disc) => ({ disc, text: disc.title, px: 14, strong: true, title: true }));
  if (!data.aside) return named;
  const [left, top, right] = data.aside;
  const disc = { x: (left + right) / 2, y: top, radius: 0 };
  return [...named, { disc, text: data.aside[4], px: 13, strong: true, title: true }];
}

function labels(ctx) {
  const s = scale();
  const key = [s.toFixed(5), view.size, view.selected, canvas.clientWidth].join(" ");
  if (placed.key !== key) placed = { key, boxes: place(ctx) };
  return placed.boxes;
}

// Close by, a community's name may be out of sight: then it stands at the edge of the view.
function sayWhere([dx, dy]) {
  const { x, y } = network.getViewPosition();
  const here = discsSeen().find((disc) => disc.title && Math.hypot(disc.x - x, disc.y - y) < disc.radius);
  const named = placed.boxes.some(({ disc, left, right, top, bottom }) => disc && disc === here && right + dx > 0 && left + dx < canvas.clientWidth && bottom + dy > 0 && top + dy < canvas.clientHeight);
  $("#where").hidden = !here || named;
  $("#where").textContent = here?.title ?? "";
}

// From the pixels that boxes are measured in to those of the view.
function offset() {
  const centre = network.getViewPosition();
  return [canvas.clientWidth / 2 - centre.x * scale(), canvas.clientHeight / 2 - centre.y * scale()];
}

function titleAt({ x, y }) {
  const [dx, dy] = offset();
  const hit = placed.boxes.find((box) => box.disc?.number !== undefined && x >= box.left + dx && x <= box.right + dx && y >= box.top + dy - 3 && y <= box.bottom + dy + 3);
  return hit ? hit.disc.number : null;
}

// The line from a name that stands apart to its mark.
function leader(label, s) {
  const [x, y] = [X[label.account] * s, Y[label.account] * s];
  const [endX, endY] = [Math.min(Math.max(x, label.left), label.right), Math.min(Math.max(y, label.top), label.bottom)];
  const away = Math.hypot(endX - x, endY - y) || 1;
  const start = (markRadius(label.account) * s * 1.25 + 5) / away;
  return [x + (endX - x) * start, y + (endY - y) * start, endX, endY];
}

network.on("afterDrawing", (ctx) => {
  const s = scale();
  const boxes = labels(ctx);
  const [dx, dy] = offset();
  sayWhere([dx, dy]);
  const density = ctx.getTransform().a / s;
  ctx.save();
  ctx.setTransform(density, 0, 0, density, 0, 0);
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  boxes.filter((label) => label.led).forEach((label) => {
    const [x, y, endX, endY] = leader(label, s);
    ctx.globalAlpha = distant(label.account) ? 0.35 : 1;
    ctx.beginPath();
    ctx.moveTo(x + dx, y + dy);
    ctx.lineTo(endX + dx, endY + dy);
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 1;
    ctx.stroke();
  });
  boxes.forEach((label) => {
    ctx.globalAlpha = label.account !== undefined && distant(label.account) ? 0.35 : 1;
    ctx.font = fontOf(label);
    ctx.lineWidth = HALO;
    ctx.strokeStyle = theme.paper;
    ctx.fillStyle = label.title ? theme["title-ink"] : theme.ink;
    const x = label.left + 3 + dx;
    const y = (label.top + label.bottom) / 2 + dy;
    ctx.strokeText(label.text, x, y);
    ctx.fillText(label.text, x, y);
  });
  ctx.restore();
});
