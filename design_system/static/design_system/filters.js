// Filters that stand beside their results apply as they are ticked: the address, the count and the results change, and
// the count is announced. On a phone, where they are folded above the results, and without scripts, their button applies
// them all. A part of the page that changes has `data-found` with its name.

const beside = window.matchMedia("(min-width: 56rem)");

// An attribute, since a filter may be called action.
function addressOf(form) {
  const told = new URLSearchParams(new FormData(form));
  [...told].filter(([, value]) => !value).forEach(([name]) => told.delete(name));
  return `${form.getAttribute("action")}?${told}`;
}

// A fold is known by its facet, for the number of what it holds changes.
const facetOf = (summary) => summary.querySelector(".govuk-visually-hidden")?.textContent ?? "";

function put(fresh) {
  const open = [...document.querySelectorAll("form[data-filters] details[open] > summary")].map(facetOf);
  for (const part of document.querySelectorAll("[data-found]")) {
    const found = fresh.querySelector(`[data-found="${part.dataset.found}"]`);
    part.innerHTML = found ? found.innerHTML : "";
  }
  document.title = fresh.title;
  for (const summary of document.querySelectorAll("form[data-filters] summary")) {
    if (open.includes(facetOf(summary))) summary.parentElement.open = true;
  }
}

function ticked(form, box) {
  return [...form.elements].find((each) => each.name === box.name && each.value === box.value);
}

export function applyFiltersAsTicked() {
  const form = document.querySelector("form[data-filters]");
  if (!form) return;
  let asking;
  let shown = window.location.pathname + window.location.search;
  form.addEventListener("change", async (event) => {
    const box = event.target;
    if (!beside.matches || box.type !== "checkbox") return;
    const address = addressOf(form);
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Another page, such as that to sign in, or one with nothing to look for any more.
      if (answer.redirected || !fresh.querySelector("[data-found=results]")) {
        window.location.assign(address);
        return;
      }
      put(fresh);
      window.history.pushState(null, "", address);
      shown = window.location.pathname + window.location.search;
      ticked(form, box)?.focus({ preventScroll: true });
    } catch (problem) {
      if (problem.name !== "AbortError") form.submit();
    }
  });
  window.addEventListener("popstate", () => {
    // A link to a part of this page, such as the one that skips to the main content, is not another list.
    if (window.location.pathname + window.location.search !== shown) window.location.reload();
  });
}
