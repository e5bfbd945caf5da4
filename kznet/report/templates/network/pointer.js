// The pointer on the map: what is under it, what a click chooses.
function nearest({ x, y }, slack) {
  let choice = null;
  let least = Infinity;
  for (let i = 0; i < N; i += 1) {
    if (!shown[i]) continue;
    const at = network.canvasToDOM({ x: X[i], y: Y[i] });
    const away = Math.hypot(at.x - x, at.y - y) - markRadius(i) * scale();
    if (away < slack && away < least) [choice, least] = [i, away];
  }
  return choice;
}

network.on("click", ({ pointer, event }) => {
  const title = titleAt(pointer.DOM);
  if (title !== null) return showOnly("community", title);
  const i = nearest(pointer.DOM, event.pointerType === "touch" ? 16 : 6);
  if (i !== null) return reveal(i);
  return view.selected === null ? undefined : select(null);
});
network.on("doubleClick", ({ pointer }) => {
  const i = nearest(pointer.DOM, 6);
  if (i !== null) focusOn(i);
});

const tip = $("#tip");
let tipped = null;

function tell(what, lines) {
  if (what === tipped) return;
  tipped = what;
  tip.hidden = what === null;
  canvas.style.cursor = what === null ? "" : "pointer";
  if (what !== null) tip.replaceChildren(...lines());
}

function hover(i, title, x, y) {
  const what = title !== null ? "title " + title : i;
  tell(what, () => title !== null ? [el("span", {}, t("network.only.one", { name: communityTitle(title) }))]
    : [el("strong", {}, nameOf(i)), el("span", {}, [roleName(A.role[i]), data.clear ? communityTitle(A.community[i]) : null].filter(Boolean).join(" · "))]);
  if (i !== view.hovered) {
    view.hovered = i;
    redraw();
  }
  if (what === null) return;
  tip.style.left = Math.min(x + 14, canvas.clientWidth - tip.offsetWidth - 6) + "px";
  tip.style.top = Math.min(y + 14, canvas.clientHeight - tip.offsetHeight - 6) + "px";
}

canvas.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || event.buttons) return;
  const frame = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const title = titleAt({ x, y });
  hover(title === null ? nearest({ x, y }, 5) : null, title, x, y);
});
canvas.addEventListener("pointerleave", () => hover(null, null));
