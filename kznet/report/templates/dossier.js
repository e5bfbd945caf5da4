// A citation is copied by a button; without this script it can still be selected.
const citation = document.getElementById("citation");
const said = document.getElementById("copied");
const button = document.getElementById("copy");

function selected() {
  getSelection().selectAllChildren(citation);
  said.textContent = button.dataset.selected;
}

button.hidden = false;
button.addEventListener("click", () => {
  const done = () => (said.textContent = button.dataset.copied);
  navigator.clipboard?.writeText(citation.textContent).then(done, selected) ?? selected();
});
