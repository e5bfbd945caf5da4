// The other pages that this file holds, each opened over the report; the address says which.
const HOME = "index.html";
const held = JSON.parse(document.getElementById("kznet-pages").textContent);
const frame = document.createElement("iframe");
frame.className = "over";
frame.hidden = true;
document.body.append(frame);

let opening = ""; // the place on the page that is being opened: while it loads, it may change the address

function place(href, base) {
  const url = new URL(href, "https://case.invalid/" + base);
  return { path: url.pathname.slice(1), fragment: url.hash };
}

function wanted() {
  if (!location.hash.startsWith("#/")) return null;
  const [, path, fragment] = location.hash.slice(2).match(/^([^#]*)(.*)$/);
  return path in held ? { path, fragment } : null;
}

function show() {
  const page = wanted();
  opening = page?.fragment;
  frame.hidden = !page;
  document.documentElement.classList.toggle("covered", Boolean(page));
  if (!page) return;
  if (frame.dataset.path === page.path) {
    goTo(page.fragment);
  } else {
    frame.dataset.path = page.path;
    frame.srcdoc = held[page.path];
  }
}

function goTo(fragment) {
  if (fragment) frame.contentWindow.location.hash = fragment;
}

// A link inside a page leads to another page of this file, or to a place on its own page.
function follow(event, base) {
  const href = event.target.closest?.("a[href]")?.getAttribute("href");
  if (!href || (href.startsWith("#") && base === HOME)) return;
  const { path, fragment } = place(href, base);
  if (href.startsWith("#")) goTo(fragment);
  else if (path === HOME) location.hash = fragment || "#top";
  else if (path in held) location.hash = "/" + path + fragment;
  else return;
  event.preventDefault();
}

frame.addEventListener("load", () => {
  const inside = frame.contentDocument;
  frame.title = inside.title;
  goTo(opening);
  inside.addEventListener("click", (event) => follow(event, frame.dataset.path));
});
document.addEventListener("click", (event) => follow(event, HOME));
addEventListener("hashchange", show);
addEventListener("storage", (event) => {
  if (event.key === "kznet-language") location.reload(); // the report speaks the language chosen on a page over it
});
show();
