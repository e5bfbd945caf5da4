// Ties that pull and accounts that push, for a while: started by a button, and ending by itself.
const STEPS = 260;
const HOTTEST = 14;
const EDGE = 14;
const start = document.querySelector("[data-move='start']");
const back = document.querySelector("[data-move='back']");
const homes = places.map(({ x, y }) => ({ x, y }));
const texts = children("[data-n]").map((text) => ({ text, n: Number(text.dataset.n) }));
const leadOf = (text) => (text.previousElementSibling?.matches("path") ? [text.previousElementSibling] : []);
let left = 0;

function pushes(ideal) {
  const moves = places.map(({ x, y }) => ({ x: (box[2] / 2 - x) * 0.04, y: (box[3] / 2 - y) * 0.055 }));
  places.forEach((a, i) => {
    for (let j = 0; j < i; j += 1) {
      const b = places[j];
      const [dx, dy] = [a.x - b.x || 0.1, a.y - b.y || 0.1];
      const gap = Math.hypot(dx, dy);
      const short = Math.max(a.r + b.r + 4 - gap, 0) / gap;
      const force = (ideal / gap) ** 2 * 0.6 + short * 3;
      moves[i].x += dx * force;
      moves[i].y += dy * force;
      moves[j].x -= dx * force;
      moves[j].y -= dy * force;
    }
  });
  return moves;
}

function pulls(moves, ideal) {
  ties.forEach(([a, b]) => {
    const [dx, dy] = [places[b].x - places[a].x, places[b].y - places[a].y];
    const force = (Math.hypot(dx, dy) / ideal) * 0.02;
    moves[a].x += dx * force;
    moves[a].y += dy * force;
    moves[b].x -= dx * force;
    moves[b].y -= dy * force;
  });
}

function step() {
  const ideal = 0.75 * Math.sqrt((box[2] * box[3]) / places.length);
  const moves = pushes(ideal);
  pulls(moves, ideal);
  const heat = (HOTTEST * left) / STEPS;
  places.forEach((place, i) => {
    const far = Math.hypot(moves[i].x, moves[i].y) || 1;
    const reach = i ? Math.min(far, heat) / far : 0;
    const goal = i ? place : { x: place.x + (box[2] / 2 - place.x) * 0.1, y: place.y + (box[3] / 2 - place.y) * 0.1 };
    place.x = Math.min(Math.max(goal.x + moves[i].x * reach, EDGE), box[2] - EDGE);
    place.y = Math.min(Math.max(goal.y + moves[i].y * reach, EDGE), box[3] - EDGE);
  });
  left -= 1;
}

function draw() {
  const moved = (i) => `translate(${(places[i].x - homes[i].x).toFixed(1)} ${(places[i].y - homes[i].y).toFixed(1)})`;
  marks.forEach((mark, i) => mark.setAttribute("transform", moved(i)));
  texts.forEach(({ text, n }) => text.setAttribute("transform", moved(n)));
  paths.forEach(({ path, ties: own }) => path.setAttribute("d", route(own)));
  near.setAttribute("d", "");
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

// Names that would now cover another name or a mark are left out, the less important first.
function keepClear() {
  const taken = marks.map((mark) => mark.getBoundingClientRect());
  const whole = drawing.getBoundingClientRect();
  const kept = [];
  texts.forEach(({ text }) => text.removeAttribute("visibility"));
  texts.filter(({ text }) => text.matches("text")).forEach(({ text, n }) => {
    const size = text.getBoundingClientRect();
    if (!size.width) return;
    const free = within(size, whole) && kept.every((other) => !overlap(size, other)) && taken.every((other, i) => i === n || !overlap(size, other));
    if (free) kept.push(size);
    else [text, ...leadOf(text)].forEach((each) => each.setAttribute("visibility", "hidden"));
  });
}

function end() {
  left = 0;
  draw();
  VIEWS.fit();
  keepClear();
  start.setAttribute("aria-pressed", "false");
  back.hidden = false;
}

function frame() {
  if (left <= 0) return;
  step();
  if (left <= 0) end();
  else {
    draw();
    requestAnimationFrame(frame);
  }
}

start?.addEventListener("click", () => {
  if (left > 0) return end();
  left = STEPS;
  start.setAttribute("aria-pressed", "true");
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return requestAnimationFrame(frame);
  while (left > 0) step();
  end();
});
back?.addEventListener("click", () => {
  left = 0;
  places.forEach((place, i) => Object.assign(place, homes[i]));
  draw();
  texts.forEach(({ text }) => text.removeAttribute("visibility"));
  back.hidden = true;
  start.focus();
});
