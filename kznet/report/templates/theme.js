// Light or dark: what the reader chose before, else what the system asks for.
const THEME = "kznet-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.dispatchEvent(new Event("kznet-theme"));
}

const asked = () => (system.matches ? "dark" : "light");
setTheme(recall(THEME) ?? asked());
system.addEventListener("change", () => {
  if (!recall(THEME)) setTheme(asked());
});
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-action='theme']")) return;
  setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  keep(THEME, document.documentElement.dataset.theme);
});
