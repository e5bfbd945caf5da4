// Tables that sort by a click on a head, shrink to the rows that hold a word and turn pages.
const words = read("words");
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

function cellValue(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value ?? cell.textContent.trim();
}

function compare(a, b) {
  if (a === "" || b === "") return (a === "") - (b === ""); // nothing known comes last either way
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}

function sortBy(head) {
  const table = head.closest("table");
  const column = head.cellIndex;
  const up = head.getAttribute("aria-sort") !== "ascending";
  table.querySelectorAll("thead th").forEach((each) => each.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => {
    const [x, y] = [cellValue(a, column), cellValue(b, column)];
    return x === "" || y === "" ? compare(x, y) : (up ? 1 : -1) * compare(x, y);
  });
  table.tBodies[0].append(...rows);
  turn(table, 0);
}

document.querySelectorAll("[data-sortable] thead button").forEach((button) => {
  button.addEventListener("click", () => sortBy(button.closest("th")));
});

// Of a long table one page is shown; a printout, or a reader without scripts, gets the whole.
const states = new Map();

function stateOf(table) {
  if (!states.has(table)) states.set(table, { page: 0, wanted: "", whole: false });
  return states.get(table);
}

function turn(table, page) {
  stateOf(table).page = page;
  shorten(table);
}

function shorten(table) {
  const state = stateOf(table);
  const rows = [...table.tBodies[0].rows];
  rows.forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(state.wanted)));
  const found = rows.filter((row) => !row.hidden);
  const size = state.whole ? rows.length : Number(table.dataset.first) || rows.length;
  const first = state.page * size;
  rows.forEach((row) => row.classList.remove("later"));
  found.forEach((row, k) => row.classList.toggle("later", k < first || k >= first + size));
  tell(table, { first, last: Math.min(first + size, found.length), found: found.length, rows: rows.length, size });
}

function tell(table, { first, last, found, rows, size }) {
  const count = document.getElementById(table.id + "-count");
  if (count) count.textContent = stateOf(table).wanted ? found + " / " + rows : "";
  const pager = document.querySelector(`[data-pages="${table.id}"]`);
  if (!pager) return;
  pager.hidden = found <= size;
  pager.querySelector("span").textContent = first + 1 + " – " + last + " / " + found;
  pager.querySelector("[data-step='-1']").disabled = first === 0;
  pager.querySelector("[data-step='1']").disabled = last >= found;
}

document.querySelectorAll("[data-pages]").forEach((pager) => {
  const table = document.getElementById(pager.dataset.pages);
  pager.querySelectorAll("[data-step]").forEach((button) => {
    button.addEventListener("click", () => turn(table, stateOf(table).page + Number(button.dataset.step)));
  });
  pager.querySelector("[data-whole]").addEventListener("click", () => {
    stateOf(table).whole = true;
    turn(table, 0);
  });
  shorten(table);
});

document.querySelectorAll("[data-narrows]").forEach((box) => {
  const table = document.getElementById(box.dataset.narrows);
  box.addEventListener("input", () => {
    stateOf(table).wanted = box.value.trim().toLowerCase();
    turn(table, 0);
  });
});

function showAddressed() {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const table = row?.closest("table[data-first]");
  if (!table) return;
  const place = [...table.tBodies[0].rows].indexOf(row);
  turn(table, Math.floor(place / Number(table.dataset.first)));
  row.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", showAddressed);
showAddressed();

// A text to be cited is copied where the browser lets a page do so, and selected in any case.
function copied(button) {
  const text = document.getElementById(button.dataset.copies);
  getSelection().selectAllChildren(text);
  const done = () => (button.textContent = words.copied);
  if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, () => {});
  else if (document.execCommand("copy")) done();
}

document.querySelectorAll("[data-copies]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copied(button));
});

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
