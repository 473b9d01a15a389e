// A field that is asked only after a certain answer stays out of the way until that is given. Without scripts a sentence
// above it says when it counts; the form drops what was answered in vain.

function answersTo(form, name) {
  return [...form.elements]
    .filter((control) => control.name === name && (!["radio", "checkbox"].includes(control.type) || control.checked))
    .map((control) => control.value);
}

export function showWhatIsAsked() {
  const blocks = [...document.querySelectorAll("[data-only-if]")];
  const fit = () => blocks.forEach((block) => {
    const { onlyIf, values } = block.dataset;
    const form = block.closest("form");
    if (!form) return;
    const isAskedItself = ![...form.elements].some((control) => control.name === onlyIf && control.closest("[data-only-if][hidden]"));
    block.hidden = !(isAskedItself && answersTo(form, onlyIf).some((value) => values.split(" ").includes(value)));
  });
  if (!blocks.length) return;
  fit();
  document.addEventListener("change", fit);
  window.addEventListener("pageshow", fit); // the browser may have filled in what was chosen before
}
