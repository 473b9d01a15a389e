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

// The text with the letters typed in bold, wherever a word of it begins with them.
function marked(text, typed) {
  const words = typed.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!words.length) return escaped(text);
  const beginnings = new RegExp(`(?<![\\p{L}\\p{N}])(${words.sort((one, other) => other.length - one.length).join("|")})`, "giu");
  return text
    .split(beginnings)
    .map((piece, n) => (n % 2 ? `<b>${escaped(piece)}</b>` : escaped(piece)))
    .join("");
}

function row(suggestion, typed) {
  const isSearch = suggestion.kind === "Search";
  const what = [isSearch ? "" : suggestion.kind, suggestion.detail].filter(Boolean).join(", ");
  const name = isSearch ? "lda-suggest__row lda-suggest__row--search" : "lda-suggest__row";
  return `<span class="${name}"><span>${marked(suggestion.text, typed)}</span> <small>${escaped(what)}</small></span>`;
}

// A box for the name of one of many: what is chosen stands in it.
function enhancePick(marked, autocomplete) {
  let box = marked;
  if (marked.matches("input")) {
    // In a form made by the house's own fields the box itself says where its names come from.
    box = document.createElement("div");
    box.className = "lda-pick";
    box.dataset.pick = marked.dataset.pick;
    marked.replaceWith(box);
    box.append(marked);
  }
  const field = box.querySelector("input");
  const { id, name, value } = field;
  const described = field.getAttribute("aria-describedby");
  const holder = document.createElement("div");
  holder.className = "lda-suggest";
  field.replaceWith(holder);
  autocomplete({
    element: holder,
    id,
    name,
    defaultValue: value,
    minLength: LEAST_LETTERS,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    displayMenu: "overlay",
    cssNamespace: "lda-suggest",
    inputClasses: "govuk-input",
    source: suggestionsFrom(box.dataset.pick),
    templates: {
      inputValue: (suggestion) => (typeof suggestion === "string" ? suggestion : suggestion?.text),
      suggestion: (suggestion) => (typeof suggestion === "string" ? escaped(suggestion) : row(suggestion, holder.querySelector("input")?.value ?? "")),
    },
  });
  const input = holder.querySelector("input");
  if (described) input.setAttribute("aria-describedby", described);
}

function enhance(box, autocomplete) {
  const field = box.querySelector("input[type=search]");
  const { id, name, value, placeholder } = field;
  field.remove();
  const holder = document.createElement("div");
  holder.className = "lda-suggest";
  box.append(holder);
  const typed = () => holder.querySelector("input")?.value ?? value;
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
      // What was typed stays in the box, whatever is chosen.
      inputValue: typed,
      suggestion: (suggestion) => (typeof suggestion === "string" ? escaped(suggestion) : row(suggestion, typed())),
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
  // Escape closes the suggestions: whoever stood in them is back in the box.
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setTimeout(() => input.focus());
  });
}

export async function enhanceSearchBoxes() {
  const boxes = document.querySelectorAll("[data-suggest]");
  const picks = document.querySelectorAll("[data-pick]");
  if (!boxes.length && !picks.length) return;
  await import("../look/accessible-autocomplete.min.js");
  const autocomplete = window.accessibleAutocomplete;
  if (!autocomplete) return;
  boxes.forEach((box) => enhance(box, autocomplete));
  picks.forEach((box) => enhancePick(box, autocomplete));
}
