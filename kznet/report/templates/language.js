// The page in the reader's language: what was chosen before, else what the page or the browser asks for.
const LANGUAGE = "kznet-language";
const spoken = JSON.parse(document.getElementById("kznet-languages").textContent);

function chosenLanguage() {
  const asked = recall(LANGUAGE) ?? (spoken.opens === "auto" ? null : spoken.opens);
  const wishes = asked ? [asked] : navigator.languages.map((each) => each.split("-")[0]);
  return wishes.find((each) => spoken.languages.includes(each)) ?? spoken.languages[0];
}

function speak(language) {
  const texts = spoken.texts[language];
  document.documentElement.lang = language;
  if (!texts) return;
  document.querySelectorAll("[data-t]").forEach((node) => (node.textContent = texts[node.dataset.t]));
  document.querySelectorAll("[data-a]").forEach((node) => {
    node.dataset.a.split(" ").forEach((each) => {
      const end = each.lastIndexOf(":");
      node.setAttribute(each.slice(0, end), texts[each.slice(end + 1)]);
    });
  });
}

speak(chosenLanguage());
document.querySelectorAll("[data-languages]").forEach((choice) => {
  choice.value = document.documentElement.lang;
  choice.addEventListener("change", () => {
    keep(LANGUAGE, choice.value);
    location.reload(); // with its fragment, where the map keeps what the reader had chosen
  });
});
