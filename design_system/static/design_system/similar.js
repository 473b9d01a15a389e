// Needs like the one being typed: fetches a fragment of HTML after a pause in typing.

const PAUSE = 400;
const LEAST_LETTERS = 4;

function watch(panel) {
  const form = panel.closest("form") ?? document;
  const fields = (panel.dataset.fields ?? "title").split(" ").map((name) => form.querySelector(`[name="${name}"]`)).filter(Boolean);
  let timer;
  let asked = 0;
  const ask = async () => {
    const words = fields.map((field) => field.value.trim()).join(" ").trim();
    const mine = ++asked;
    if (words.length < LEAST_LETTERS) {
      panel.replaceChildren();
      return;
    }
    try {
      const answer = await fetch(panel.dataset.similarNeeds + encodeURIComponent(words.slice(0, 300)), { headers: { Accept: "text/html" } });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      panel.replaceChildren(...page.body.childNodes);
    } catch {
      // Without an answer the page stays as it was; similar needs are shown again before saving.
    }
  };
  panel.setAttribute("aria-live", "polite");
  fields.forEach((field) => field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }));
}

export function watchForSimilarNeeds() {
  document.querySelectorAll("[data-similar-needs]").forEach(watch);
}
