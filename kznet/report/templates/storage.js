// What the reader chose, kept for the next page; one opened from a file may have no storage.
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // nothing to be done: the choice holds for this page
  }
}
