// The legend is the filter: each entry says what a sign means, how many there are, and hides them.
function entry(filter, value, picture, name) {
  const box = el("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => changed(() => view.hidden[filter][box.checked ? "delete" : "add"](value)));
  const row = el("label", { class: "entry", "data-filter": filter, "data-value": String(value) }, box, picture, el("span", { class: "name" }, name), el("span", { class: "count" }));
  row.entry = { filter, value };
  const only = el("button", { type: "button", class: "only", "aria-label": t("network.only.one", { name }), onclick: () => showOnly(filter, value) }, t("network.only"));
  return el("li", {}, row, only);
}

// This one alone; all again where it was alone already.
function showOnly(filter, value) {
  const rows = [...document.querySelectorAll(`[data-filter="${filter}"]`)].map((row) => row.entry.value);
  const others = rows.filter((other) => other !== value);
  const hidden = view.hidden[filter];
  const alone = others.length === hidden.size && !hidden.has(value);
  changed(() => (view.hidden[filter] = new Set(alone ? [] : others)));
  fit();
}

function fillRoles() {
  const present = new Set(A.role);
  const entries = data.roles.filter((role) => present.has(role)).map((role) => {
    const some = A.role.indexOf(role);
    const picture = view.colour === "role" ? accountMark(some) : mark(shapeOf(some), "var(--muted)");
    return entry("role", role, picture, roleName(role));
  });
  $("#roles").replaceChildren(...entries);
  $("#roles-part").hidden = entries.length < 2;
}

function fillCommunities() {
  const entries = data.communities.map(({ number: value, title }) =>
    entry("community", value, mark("dot", view.colour === "community" ? `var(--${communityColour(value)})` : "var(--strong-line)"), title));
  if (A.community.includes(null) && entries.length) {
    entries.push(entry("community", null, mark("dot", "var(--paper)"), t("community.none")));
  }
  $("#communities").replaceChildren(...entries);
  $("#communities-part").hidden = !entries.length;
}

function fillKinds() {
  const entries = data.kinds.map((kind, k) => entry("kind", k, tieSample(kind), kindName(k)));
  $("#kinds").replaceChildren(...entries);
  $("#kinds-part").hidden = !entries.length;
}

function showCounts() {
  document.querySelectorAll("[data-filter]").forEach((row) => {
    const { filter, value } = row.entry;
    const count = counts[filter].get(value) ?? 0;
    $("input", row).checked = !view.hidden[filter].has(value);
    $(".count", row).textContent = number(count);
    row.classList.toggle("empty", !count);
  });
}

function fillLegend() {
  fillRoles();
  fillCommunities();
  fillKinds();
}

function chooseSize(key) {
  view.size = key;
  view.score = 0; // a value of another measure
  $("#size").value = key;
  measureAgain();
  scoreSteps();
}

function chooseColour(key) {
  view.colour = key;
  $("#colour").value = key;
  colourAgain();
  fillLegend();
  fillHubs();
}

function fillChoices() {
  const options = () => data.measures.map(({ key, label }) => el("option", { value: key }, label));
  const [sizes, colour] = [$("#size"), $("#colour")];
  sizes.replaceChildren(...options());
  sizes.disabled = !data.measures.length;
  sizes.addEventListener("change", () => changed(() => chooseSize(sizes.value)));
  if (data.measures.length) colour.append(el("optgroup", { label: t("network.colour.measure") }, ...options()));
  $("[value='community']", colour).disabled = !data.communities.length;
  colour.addEventListener("change", () => changed(() => chooseColour(colour.value)));
}

const filtered = () => Object.values(view.hidden).some((values) => values.size) || view.weight > 0 || view.score > 0 || timed();

function unfilter() {
  Object.values(view.hidden).forEach((values) => values.clear());
  view.weight = view.score = 0;
  if (T) setTime(0, BINS - 1);
}

$("#show-all").addEventListener("click", () => changed(unfilter));
