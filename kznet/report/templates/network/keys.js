// The map by keyboard.
function zoom(factor) {
  network.moveTo({ scale: scale() * factor, animation: false });
}

function pan(dx, dy) {
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x: x + dx / scale(), y: y + dy / scale() }, animation: false });
}

function step(direction) {
  const seen = order.filter((i) => shown[i]);
  if (!seen.length) return;
  const place = seen.indexOf(view.selected);
  const i = seen[(place + direction + seen.length) % seen.length];
  select(i);
  $("#said").textContent = [nameOf(i), roleName(A.role[i]), t("status." + statusOf(i))].join(", ");
}

const KEYS = {
  ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit, n: () => step(1), p: () => step(-1),
  Enter: () => view.selected !== null && reveal(view.selected), f: () => view.selected !== null && focusOn(view.selected),
  Escape: () => (view.focus ? leaveFocus() : select(null)),
};
// By the letter, in either case; a key that writes Cyrillic stands for the Latin one at its place.
const PLACES = { KeyN: "n", KeyP: "p", KeyF: "f", Digit0: "0", Minus: "-", Equal: "+" };
const meaning = ({ key, code }) => (/\p{Script=Cyrillic}/u.test(key) ? PLACES[code] : key.length > 1 ? key : key.toLowerCase());

canvas.addEventListener("keydown", (event) => {
  const action = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[meaning(event)];
  if (!action) return;
  event.preventDefault();
  action();
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || target.closest?.("#canvas, dialog")) return;
  const menu = $("#share[open]");
  if (menu) {
    menu.open = false;
    $("summary", menu).focus();
  } else if (target !== box) openPanel("map");
});
