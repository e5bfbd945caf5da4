// Light or dark: what the reader chose before, else what the system asks for.
const THEME = "kznet-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function remembered() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null; // a page opened from a file may have no storage
  }
}

function setTheme(theme, remember) {
  document.documentElement.dataset.theme = theme;
  if (remember) {
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // as above
    }
  }
  document.dispatchEvent(new Event("kznet-theme"));
}

setTheme(remembered() ?? (system.matches ? "dark" : "light"), false);
system.addEventListener("change", () => {
  if (!remembered()) setTheme(system.matches ? "dark" : "light", false);
});
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-action='theme']")) return;
  setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark", true);
});
