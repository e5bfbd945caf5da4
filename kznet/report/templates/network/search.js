// A box that finds accounts by name, handle or id, in whichever alphabet they are typed.
const accounts = indices(N).map((i) => ({ i, ...spelt([A.name[i], A.handle[i], A.id[i]].filter(Boolean)) }));
const find = (query) => fitting(query, order.map((i) => accounts[i])).map(({ i }) => i);

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
