// Filters stand before the results: open beside them, folded above them on a phone. The style sheet does the same for
// whoever has no scripts; this is for browsers that cannot show what a shut fold holds.

const beside = window.matchMedia("(min-width: 56rem)");

export function foldOnPhones() {
  const folds = [...document.querySelectorAll("[data-fold]")];
  const fit = () => folds.forEach((fold) => { fold.open = beside.matches; });
  fit();
  beside.addEventListener("change", fit);
}
