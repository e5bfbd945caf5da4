// The legend is the filter: each entry says what a sign means, how many there are, and hides them.
function entry(filter, value, picture, name, count) {
  const box = el("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => {
    view.hidden[filter][box.checked ? "delete" : "add"](value);
    refresh();
  });
  const row = el("label", { class: "entry", "data-filter": filter, "data-value": String(value) }, box, picture, el("span", { class: "name" }, name), el("span", { class: "count" }, number(count)));
  return el("li", {}, row);
}

const counted = (values) => values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map());

function fillRoles() {
  const counts = counted(A.role);
  const entries = data.roles.filter((role) => counts.has(role)).map((role) => {
    const some = A.role.indexOf(role);
    const picture = view.colour === "role" ? accountMark(some) : mark(shapeOf(some), "var(--muted)");
    return entry("role", role, picture, roleName(role), counts.get(role));
  });
  $("#roles").replaceChildren(...entries);
  $("#roles-part").hidden = entries.length < 2;
}

function fillCommunities() {
  const counts = counted(A.community);
  const entries = data.communities.map(({ number: value, title }, place) => {
    const colour = place < COMMUNITY_COLOURS ? `var(--community-${place + 1})` : "var(--community-other)";
    const picture = mark("dot", view.colour === "community" ? colour : "var(--strong-line)");
    return entry("community", value, picture, title, counts.get(value) ?? 0);
  });
  if (counts.has(null) && entries.length) {
    entries.push(entry("community", null, mark("dot", "var(--paper)"), t("community.none"), counts.get(null)));
  }
  $("#communities").replaceChildren(...entries);
  $("#communities-part").hidden = !entries.length;
}

function fillKinds() {
  const counts = counted(tieKind);
  const entries = data.kinds.map((kind, k) => entry("kind", k, tieSample(kind), kindName(k), counts.get(k) ?? 0));
  $("#kinds").replaceChildren(...entries);
  $("#kinds-part").hidden = !entries.length;
}

function restoreChecks() {
  document.querySelectorAll("[data-filter]").forEach((row) => {
    const { filter, value } = row.dataset;
    const hidden = [...view.hidden[filter]].map(String);
    $("input", row).checked = !hidden.includes(value);
  });
}

function fillLegend() {
  fillRoles();
  fillCommunities();
  fillKinds();
  restoreChecks();
}

function fillChoices() {
  const sizes = $("#size");
  sizes.replaceChildren(...data.measures.map(({ key, label }) => el("option", { value: key, selected: key === view.size }, label)));
  sizes.disabled = !data.measures.length;
  sizes.addEventListener("change", () => {
    view.size = sizes.value;
    measureAgain();
    refresh();
  });
  const colours = $("#colour");
  colours.disabled = !data.communities.length;
  colours.value = view.colour;
  colours.addEventListener("change", () => {
    view.colour = colours.value;
    fillLegend();
    fillHubs();
    refresh();
  });
}

function showAll() {
  Object.values(view.hidden).forEach((values) => values.clear());
  restoreChecks();
  refresh();
}

$("#show-all").addEventListener("click", showAll);
