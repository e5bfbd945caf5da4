// Tables that sort by a click on a head and shrink to the rows that hold a word.
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
  table.dispatchEvent(new Event("whole"));
}

document.querySelectorAll("[data-sortable] thead button").forEach((button) => {
  button.addEventListener("click", () => sortBy(button.closest("th")));
});

// Long tables open with their first rows; the whole table is a click, a filter or a printout away.
function shorten(table, whole) {
  [...table.tBodies[0].rows].forEach((row, k) => row.classList.toggle("later", !whole && k >= Number(table.dataset.first)));
}

document.querySelectorAll("[data-shows]").forEach((button) => {
  const table = document.getElementById(button.dataset.shows);
  const open = () => {
    shorten(table, true);
    button.hidden = true;
  };
  if (table.contains(document.getElementById(location.hash.slice(1)))) open();
  else shorten(table, false);
  button.addEventListener("click", open);
  table.addEventListener("whole", open);
});

document.querySelectorAll("[data-narrows]").forEach((box) => {
  const table = document.getElementById(box.dataset.narrows);
  const count = document.getElementById(table.id + "-count");
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    table.dispatchEvent(new Event("whole"));
    const rows = [...table.tBodies[0].rows];
    rows.forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
    count.textContent = wanted ? rows.filter((row) => !row.hidden).length + " / " + rows.length : "";
  });
});

addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));
