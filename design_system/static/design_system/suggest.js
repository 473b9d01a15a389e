// Suggestions under every search box, by accessible-autocomplete; without it the box is an ordinary form.

const LEAST_LETTERS = 2;

function suggestionsFrom(address) {
  let asked = 0;
  let timer;
  return (query, populate) => {
    const mine = ++asked;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } });
        const found = answer.ok ? await answer.json() : [];
        if (mine === asked) populate(found);
      } catch {
        if (mine === asked) populate([]);
      }
    }, 120);
  };
}

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text ?? "";
  return holder.innerHTML;
}

function enhance(box, autocomplete) {
  const field = box.querySelector("input[type=search]");
  const { id, name, value, placeholder } = field;
  field.remove();
  const holder = document.createElement("div");
  holder.className = "lda-suggest";
  box.append(holder);
  let chosen = false;
  autocomplete({
    element: holder,
    id,
    name,
    defaultValue: value,
    placeholder,
    minLength: LEAST_LETTERS,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    cssNamespace: "lda-suggest",
    source: suggestionsFrom(box.dataset.suggest),
    templates: {
      inputValue: (suggestion) => suggestion?.text ?? "",
      suggestion: (suggestion) =>
        typeof suggestion === "string"
          ? escaped(suggestion)
          : `${escaped(suggestion.text)}<small>${escaped(suggestion.kind)}</small>`,
    },
    onConfirm: (suggestion) => {
      if (suggestion?.url && !chosen) {
        chosen = true;
        window.location.assign(suggestion.url);
      }
    },
  });
  const input = holder.querySelector("input");
  input.maxLength = 200;
  // While suggestions are open the component swallows Enter; in the box itself it searches for what was typed.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    input.form.requestSubmit();
  });
}

export async function enhanceSearchBoxes() {
  const boxes = document.querySelectorAll("[data-suggest]");
  if (!boxes.length) return;
  await import("../look/accessible-autocomplete.min.js");
  const autocomplete = window.accessibleAutocomplete;
  if (autocomplete) boxes.forEach((box) => enhance(box, autocomplete));
}
