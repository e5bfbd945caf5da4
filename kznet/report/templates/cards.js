// On narrow screens a row is a card: each cell then says its column, as the head does.
document.querySelectorAll("table.cards, table.timeline").forEach((table) => {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  [...table.tBodies[0].rows].forEach((row) => [...row.cells].slice(1).forEach((cell, i) => (cell.dataset.label = heads[i + 1])));
});
