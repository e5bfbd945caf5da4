// A box that finds accounts by name, handle or id, in whichever alphabet they are typed.
const MOST_FOUND = 12;
const spoken = indices(N).map((i) => [A.name[i], A.handle[i], A.id[i]].filter(Boolean));
const skeletons = spoken.map((names) => names.map(skeleton));

function find(query) {
  const wanted = query.trim().toLowerCase();
  const bones = skeleton(wanted);
  if (!wanted) return [];
  const score = (i) => {
    if (spoken[i].some((name) => name.toLowerCase().startsWith(wanted))) return 3;
    if (spoken[i].some((name) => name.toLowerCase().includes(wanted))) return 2;
    return bones.length > 1 && skeletons[i].some((name) => name.includes(bones)) ? 1 : 0;
  };
  const scores = indices(N).map(score);
  return order.filter((i) => scores[i]).sort((a, b) => scores[b] - scores[a]).slice(0, MOST_FOUND);
}

const box = $("#search");
const found = $("#found");
let active = -1;

function option(i, k) {
  const row = el("li", { role: "option", id: "found-" + k, "aria-selected": "false" }, accountMark(i), el("span", {}, el("span", { class: "name" }, nameOf(i)), el("span", { class: "count" }, roleName(A.role[i]))));
  row.addEventListener("mousedown", (event) => event.preventDefault());
  row.addEventListener("click", () => choose(i));
  row.account = i;
  return row;
}

function showFound() {
  const results = find(box.value);
  active = -1;
  found.replaceChildren(...results.map(option));
  found.hidden = !results.length;
  box.setAttribute("aria-expanded", String(results.length > 0));
  box.removeAttribute("aria-activedescendant");
  const empty = box.value.trim() && !results.length;
  $("#search-state").textContent = empty ? t("network.search.nothing", { n: N }) : "";
}

function closeFound() {
  found.hidden = true;
  box.setAttribute("aria-expanded", "false");
}

function choose(i) {
  closeFound();
  box.value = nameOf(i);
  reveal(i);
}

function moveActive(step) {
  const rows = [...found.children];
  if (!rows.length) return;
  active = (active + step + rows.length) % rows.length;
  rows.forEach((row, k) => row.setAttribute("aria-selected", String(k === active)));
  rows[active].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", "found-" + active);
}

box.addEventListener("input", showFound);
box.addEventListener("blur", closeFound);
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    moveActive(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    const row = found.children[Math.max(active, 0)];
    if (row && !found.hidden) choose(row.account);
  } else if (event.key === "Escape") {
    closeFound();
  }
});
