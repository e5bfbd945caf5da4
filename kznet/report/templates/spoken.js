// The data that a page holds; where a value depends on the language, it is a choice among them.
const tongues = JSON.parse(document.getElementById("kznet-languages").textContent).languages;
const tongue = tongues.indexOf(document.documentElement.lang);
const chosen = (_, value) => (Array.isArray(value?.["~"]) ? value["~"][tongue] : value);
const read = (id) => JSON.parse(document.getElementById(id).textContent, chosen);
