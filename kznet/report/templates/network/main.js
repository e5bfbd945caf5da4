// Choosing, keys, permalinks, panels, the picture to keep; then the first drawing.
let wasShown = shown.slice();

function refresh() {
  decideShown();
  const changed = indices(N).filter((i) => shown[i] !== wasShown[i]);
  if (changed.length) nodes.update(changed.map((i) => ({ id: i, hidden: !shown[i] })));
  wasShown = shown.slice();
  const seen = shown.filter(Boolean).length;
  const ties = tieShown.filter(Boolean).length;
  $("#seen").textContent = t("network.seen", { n: data.total.accounts, seen: number(seen), ties: t("count.ties", { n: ties }) });
  $("#show-all").hidden = Object.values(view.hidden).every((values) => !values.size);
  forgetLabels();
  fillTable();
  redraw();
}

function select(i) {
  view.selected = i;
  const details = $("#card");
  details.replaceChildren(...(i === null ? [] : card(i)));
  $("#card-part").hidden = i === null;
  $("#hubs-part").hidden = i !== null;
  document.querySelectorAll("button.hub-row").forEach((button) => button.setAttribute("aria-current", String(i !== null && button.dataset.account === A.id[i])));
  history.replaceState(null, "", i === null ? location.href.split("#")[0] : "#account=" + encodeURIComponent(A.id[i]));
  forgetLabels();
  redraw();
}

// Select an account and bring it into sight, whatever was hidden or focused before.
function reveal(i) {
  if (view.focus && !view.focus.members.has(i)) leaveFocus();
  if (!shown[i]) showAll();
  select(i);
  openPanel("details");
  $("#details").scrollTop = 0;
  if (!narrow.matches) $("#card-name").focus({ preventScroll: true });
  const { x, y } = network.canvasToDOM({ x: X[i], y: Y[i] });
  const inside = x > 60 && y > 60 && x < canvas.clientWidth - 60 && y < canvas.clientHeight * (narrow.matches ? 0.35 : 1) - 60;
  if (!inside) network.moveTo({ position: { x: X[i], y: Y[i] }, offset: { x: 0, y: narrow.matches ? -canvas.clientHeight * 0.28 : 0 }, animation: false });
}

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
  const i = nearest(pointer.DOM, event.pointerType === "touch" ? 16 : 6);
  if (i !== null) reveal(i);
  else if (view.selected !== null) select(null);
});
network.on("doubleClick", ({ pointer }) => {
  const i = nearest(pointer.DOM, 6);
  if (i !== null) focusOn(i);
});

const tip = $("#tip");
function hover(i, x, y) {
  if (i !== view.hovered) {
    view.hovered = i;
    tip.hidden = i === null;
    canvas.style.cursor = i === null ? "" : "pointer";
    if (i !== null) tip.replaceChildren(el("strong", {}, nameOf(i)), el("span", {}, [roleName(A.role[i]), data.clear ? communityTitle(A.community[i]) : null].filter(Boolean).join(" · ")));
    redraw();
  }
  if (i === null) return;
  tip.style.left = Math.min(x + 14, canvas.clientWidth - tip.offsetWidth - 6) + "px";
  tip.style.top = Math.min(y + 14, canvas.clientHeight - tip.offsetHeight - 6) + "px";
}
canvas.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || event.buttons) return;
  const frame = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  hover(nearest({ x, y }, 5), x, y);
});
canvas.addEventListener("pointerleave", () => hover(null));

function zoom(factor) {
  network.moveTo({ scale: scale() * factor, animation: false });
}

function step(direction) {
  const seen = order.filter((i) => shown[i]);
  if (!seen.length) return;
  const place = seen.indexOf(view.selected);
  select(seen[(place + direction + seen.length) % seen.length]);
}

const pan = (dx, dy) => {
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x: x + dx / scale(), y: y + dy / scale() }, animation: false });
};
const KEYS = {
  ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit, n: () => step(1), p: () => step(-1),
  Enter: () => view.selected !== null && reveal(view.selected), f: () => view.selected !== null && focusOn(view.selected),
  Escape: () => (view.focus ? leaveFocus() : select(null)),
};
canvas.addEventListener("keydown", (event) => {
  const action = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

function savePicture() {
  const source = $("canvas", canvas);
  const foot = 34 * devicePixelRatio;
  const sheet = el("canvas", { width: source.width, height: source.height + foot });
  const ctx = sheet.getContext("2d");
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.drawImage(source, 0, 0);
  ctx.fillStyle = theme.muted;
  ctx.font = `${12 * devicePixelRatio}px ${theme["canvas-font"]}`;
  ctx.fillText(t("network.picture", { shown: number(N), n: data.total.accounts }), 12 * devicePixelRatio, source.height + foot / 2);
  sheet.toBlob((blob) => {
    const link = el("a", { href: URL.createObjectURL(blob), download: "kznet-network.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

const narrow = matchMedia("(max-width: 860px)");
function openPanel(name) {
  document.body.dataset.panel = name;
  document.querySelectorAll("[data-panel-button]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.panelButton === name)));
}

function backToList() {
  const last = view.selected;
  select(null);
  document.querySelectorAll("button.hub-row").forEach((button) => button.dataset.account === A.id[last] && button.focus());
}

const ACTIONS = {
  png: savePicture, fit, in: () => zoom(1.3), out: () => zoom(1 / 1.3), list: backToList,
  table: () => showTable($("#table").hidden), how: () => $("#how").showModal(), close: () => $("#how").close(),
};
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-action], [data-panel-button]");
  if (!button) return;
  ACTIONS[button.dataset.action]?.();
  const panel = button.dataset.panelButton;
  if (panel) openPanel(document.body.dataset.panel === panel ? "map" : panel);
});
document.addEventListener("kznet-theme", () => {
  readTheme();
  redraw();
});

function followLink() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get("account");
  if (!wanted) return;
  const i = A.id.indexOf(wanted);
  $("#missing").hidden = i >= 0;
  if (i >= 0) reveal(i);
  else $("#missing").textContent = t("network.missing", { n: N });
}
addEventListener("hashchange", followLink);

let settled = "";
new ResizeObserver(() => {
  const size = canvas.clientWidth + "x" + canvas.clientHeight;
  if (size === settled || !canvas.clientWidth) return;
  settled = size;
  network.setSize("100%", "100%");
  fit();
  forgetLabels();
  network.redraw();
}).observe(canvas);

measureAgain();
fillLegend();
fillChoices();
fillHubs();
openPanel("map");
refresh();
fit();
followLink();
window.kznet = {
  labels: () => placed.boxes.map(({ text, left, right, top, bottom, account }) => ({ text, left, right, top, bottom, account: account ?? null })),
  seen: () => ({ accounts: shown.filter(Boolean).length, ties: tieShown.filter(Boolean).length }),
  at: (id) => network.canvasToDOM({ x: X[A.id.indexOf(id)], y: Y[A.id.indexOf(id)] }),
  view: () => ({ selected: view.selected === null ? null : A.id[view.selected], focus: view.focus && A.id[view.focus.centre], scale: scale(), size: view.size, colour: view.colour }),
};
