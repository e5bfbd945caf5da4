// The accounts that have a page, found by name or handle in whichever alphabet they are typed.
const MOST_FOUND = 12;
const pages = JSON.parse(document.getElementById("kznet-pages").textContent).map(([name, handle, href]) => {
  const names = [name, handle].filter(Boolean);
  return { name, handle, href, plain: names.map((each) => each.toLowerCase()), bones: names.map(skeleton) };
});
const search = document.getElementById("search");
const found = document.getElementById("found");

function matches(query) {
  const wanted = query.trim().toLowerCase();
  const bones = skeleton(wanted);
  if (!wanted) return [];
  const score = (page) => {
    if (page.plain.some((name) => name.startsWith(wanted))) return 3;
    if (page.plain.some((name) => name.includes(wanted))) return 2;
    return bones.length > 1 && page.bones.some((name) => name.includes(bones)) ? 1 : 0;
  };
  const scored = pages.map((page) => [score(page), page]).filter(([points]) => points);
  return scored.sort(([a], [b]) => b - a).slice(0, MOST_FOUND).map(([, page]) => page);
}

function row(page) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.href;
  link.textContent = page.name;
  item.append(link);
  if (page.handle && page.handle !== page.name) item.append(" " + page.handle);
  return item;
}

search.addEventListener("input", () => {
  const results = matches(search.value);
  found.replaceChildren(...results.map(row));
  document.getElementById("search-none").hidden = !search.value.trim() || results.length > 0;
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") found.querySelector("a")?.click();
});
