// Choosing, panels and buttons; then the first drawing.
let wasShown = shown.slice();

function refresh() {
  decideShown();
  const other = indices(N).filter((i) => shown[i] !== wasShown[i]);
  if (other.length) nodes.update(other.map((i) => ({ id: i, hidden: !shown[i] })));
  wasShown = shown.slice();
  const seen = shown.filter(Boolean).length;
  const ties = tieShown.filter(Boolean).length;
  $("#seen").textContent = t("network.seen", { n: data.total.accounts, seen: number(seen), ties: t("count.ties", { n: ties }) });
  $("#show-all").hidden = !filtered();
  [showCounts, showRamp, showSliders, showTime, showFocus, fillTable, forgetLabels, redraw].forEach((show) => show());
  const old = $("#ties-part");
  if (old) old.replaceWith(tiesPart(view.selected));
}

function changed(choice) {
  choice();
  refresh();
  remember();
}

function select(i) {
  view.selected = i;
  $("#card").replaceChildren(...(i === null ? [] : card(i)));
  $("#card-part").hidden = i === null;
  $("#hubs-part").hidden = i !== null;
  document.querySelectorAll("button.hub-row").forEach((button) => button.setAttribute("aria-current", String(i !== null && button.dataset.account === A.id[i])));
  remember();
  forgetLabels();
  redraw();
}

// Select an account and bring it into sight, whatever was hidden or focused before.
function reveal(i, { keep = false } = {}) {
  if (view.focus && !view.focus.members.has(i)) leaveFocus();
  if (!shown[i] && !keep) changed(unfilter);
  select(i);
  openPanel("details");
  $("#details").scrollTop = 0;
  if (!narrow.matches) $("#card-name").focus({ preventScroll: true });
  const { x, y } = network.canvasToDOM({ x: X[i], y: Y[i] });
  const inside = x > 60 && y > 60 && x < canvas.clientWidth - 60 && y < canvas.clientHeight * (narrow.matches ? 0.35 : 1) - 60;
  if (!inside) network.moveTo({ position: { x: X[i], y: Y[i] }, offset: { x: 0, y: narrow.matches ? -canvas.clientHeight * 0.28 : 0 }, animation: false });
}

const narrow = matchMedia("(max-width: 860px)");
function openPanel(name) {
  document.body.dataset.panel = name;
  document.querySelectorAll(".tabs [data-panel-button]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.panelButton === name)));
}

function backToList() {
  const last = view.selected;
  select(null);
  document.querySelectorAll("button.hub-row").forEach((button) => button.dataset.account === A.id[last] && button.focus());
}

const ACTIONS = {
  png: savePicture, svg: saveDrawing, link: () => copyAddress(address(), $("#shared")), fit, in: () => zoom(1.3), out: () => zoom(1 / 1.3), list: backToList,
  table: () => showTable($("#table").hidden), how: () => $("#how").showModal(), close: () => $("#how").close(),
};
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("#share")) $("#share").open = false;
  const button = target.closest?.("[data-action], [data-panel-button]");
  if (!button) return;
  ACTIONS[button.dataset.action]?.();
  const panel = button.dataset.panelButton;
  if (panel) openPanel(document.body.dataset.panel === panel ? "map" : panel);
});
$("#share").addEventListener("toggle", () => ($("#shared").textContent = ""));
document.addEventListener("kznet-theme", () => {
  readTheme();
  redraw();
});
addEventListener("hashchange", follow);

let settled = "";
new ResizeObserver(() => {
  const size = canvas.clientWidth + "x" + canvas.clientHeight;
  if (size === settled || !canvas.clientWidth) return;
  const whole = !settled || Math.abs(scale() / fitted - 1) < 0.001;
  settled = size;
  network.setSize("100%", "100%");
  if (whole) fit(); // who has come closer stays there
  forgetLabels();
  network.redraw();
}).observe(canvas);

fillChoices();
fillKinds();
startTime();
startSliders();
openPanel("map");
follow();
window.kznet = {
  labels: () => placed.boxes.map(({ text, left, right, top, bottom, account }) => ({ text, left, right, top, bottom, account: account ?? null })),
  titles: () => placed.boxes.filter(({ disc }) => disc?.number !== undefined).map((box) => ({ number: box.disc.number, x: (box.left + box.right) / 2 + offset()[0], y: (box.top + box.bottom) / 2 + offset()[1] })),
  seen: () => ({ accounts: shown.filter(Boolean).length, ties: tieShown.filter(Boolean).length }),
  at: (id) => network.canvasToDOM({ x: X[A.id.indexOf(id)], y: Y[A.id.indexOf(id)] }),
  view: () => ({ selected: view.selected === null ? null : A.id[view.selected], focus: view.focus && A.id[view.focus.centre], scale: scale(), size: view.size, colour: view.colour, weight: view.weight, score: view.score }),
  drawing: () => drawing().text,
};
