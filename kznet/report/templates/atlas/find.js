// The accounts that have a page, found by name or handle in whichever alphabet they are typed.
const pages = JSON.parse(document.getElementById("kznet-pages").textContent).map(([name, handle, href]) => ({ name, handle, href, ...spelt([name, handle].filter(Boolean)) }));
const search = document.getElementById("search");
const found = document.getElementById("found");

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
  const results = fitting(search.value, pages);
  found.replaceChildren(...results.map(row));
  document.getElementById("search-none").hidden = !search.value.trim() || results.length > 0;
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") found.querySelector("a")?.click();
});
