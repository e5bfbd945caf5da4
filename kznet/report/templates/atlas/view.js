// A drawing that can be moved and enlarged, and that shows what is tied with what.
const drawing = document.getElementById("drawing");
const SVG = "http://www.w3.org/2000/svg";
const children = (selector) => (drawing ? [...drawing.querySelectorAll(selector)] : []);
const numeral = (node, name) => Number(node.getAttribute(name));

function middle(mark) {
  const round = mark.querySelector("circle");
  if (round) return { x: numeral(round, "cx"), y: numeral(round, "cy"), r: numeral(mark.querySelector("circle:last-of-type"), "r") };
  const corners = mark.querySelector("polygon").getAttribute("points").split(" ").map((each) => each.split(",").map(Number));
  const mean = (axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  const [x, y] = [mean(0), mean(1)];
  return { x, y, r: Math.max(...corners.map(([cx, cy]) => Math.hypot(cx - x, cy - y))) };
}

const marks = children(".marks > *");
const places = marks.map(middle);
const nearest = (x, y) => places.reduce((best, place, i) => (Math.hypot(place.x - x, place.y - y) < Math.hypot(places[best].x - x, places[best].y - y) ? i : best), 0);
const paths = children(".ties path").map((path) => {
  const ties = path.getAttribute("d").split("M").slice(1).flatMap((stroke) => {
    const ends = [...stroke.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => nearest(x, y));
    return ends.slice(1).map((end, i) => [ends[i], end]);
  });
  return { path, ties };
});
const ties = paths.flatMap((each) => each.ties);
const route = (pairs) => pairs.map(([a, b]) => `M${places[a].x.toFixed(1)} ${places[a].y.toFixed(1)}L${places[b].x.toFixed(1)} ${places[b].y.toFixed(1)}`).join("");

// What is tied with the mark under the pointer or in focus stands out.
const near = document.createElementNS(SVG, "path");
near.setAttribute("class", "tie near");
drawing?.querySelector(".ties").append(near);

function highlight(chosen) {
  const own = chosen < 0 ? [] : ties.filter((tie) => tie.includes(chosen));
  const kept = new Set([chosen, ...own.flat()]);
  near.setAttribute("d", route(own));
  drawing.classList.toggle("dimmed", chosen >= 0);
  marks.forEach((mark, i) => mark.classList.toggle("kept", kept.has(i)));
  children("[data-n]").forEach((name) => name.classList.toggle("kept", kept.has(Number(name.dataset.n))));
  const mark = marks[chosen];
  document.getElementById("told").textContent = mark ? (mark.querySelector("title") ?? mark.querySelector("text")).textContent : "";
}

const markOf = (event) => marks.indexOf(event.target.closest?.(".marks > *"));
["pointerover", "focusin"].forEach((kind) => drawing?.addEventListener(kind, (event) => highlight(markOf(event))));
["pointerleave", "focusout"].forEach((kind) => drawing?.addEventListener(kind, () => highlight(-1)));

// Moving and enlarging, by buttons, keys and dragging.
const box = drawing ? drawing.getAttribute("viewBox").split(" ").map(Number) : [];
let seen = [...box];

function show([x, y, wide, high]) {
  const inside = (at, size, all) => Math.min(Math.max(at, 0), all - size);
  seen = [inside(x, wide, box[2]), inside(y, high, box[3]), wide, high];
  drawing.setAttribute("viewBox", seen.map((each) => each.toFixed(1)).join(" "));
  drawing.classList.toggle("enlarged", wide < box[2]);
}

function enlarge(factor) {
  const wide = Math.min(Math.max(seen[2] / factor, box[2] / 8), box[2]);
  const high = (wide * box[3]) / box[2];
  show([seen[0] + (seen[2] - wide) / 2, seen[1] + (seen[3] - high) / 2, wide, high]);
}

const shift = (dx, dy) => show([seen[0] + dx * seen[2], seen[1] + dy * seen[3], seen[2], seen[3]]);
const VIEWS = { in: () => enlarge(1.5), out: () => enlarge(1 / 1.5), fit: () => show([...box]) };
const KEYS = {
  "+": VIEWS.in, "=": VIEWS.in, "-": VIEWS.out, 0: VIEWS.fit,
  ArrowLeft: () => shift(-0.15, 0), ArrowRight: () => shift(0.15, 0), ArrowUp: () => shift(0, -0.15), ArrowDown: () => shift(0, 0.15),
};
document.querySelectorAll("[data-view]").forEach((button) => button.addEventListener("click", () => drawing && VIEWS[button.dataset.view]()));
drawing?.addEventListener("keydown", (event) => {
  if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});

let held = null;
drawing?.addEventListener("pointerdown", (event) => {
  if (seen[2] < box[2] && !event.target.closest("a")) held = [event.clientX, event.clientY];
});
drawing?.addEventListener("pointermove", (event) => {
  if (!held || !event.buttons) return;
  const size = drawing.getBoundingClientRect();
  shift((held[0] - event.clientX) / size.width, (held[1] - event.clientY) / size.height);
  held = [event.clientX, event.clientY];
});
["pointerup", "pointercancel", "pointerleave"].forEach((kind) => drawing?.addEventListener(kind, () => (held = null)));
