// Says how many are ticked while one ticks. The rule itself is checked by the site.

for (const form of document.querySelectorAll("[data-ballot]")) {
  const words = form.querySelector("[data-ballot-count]");
  const boxes = [...form.querySelectorAll('input[name="options"]')];
  const most = Number(form.dataset.most) || 0;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const number = document.createElement("b");
    number.textContent = most ? `${ticked} of ${most}` : String(ticked);
    const tooMany = most && ticked > most ? `, untick ${ticked - most}` : "";
    words.replaceChildren(number, ` ticked${tooMany}`);
  };
  if (words) {
    form.addEventListener("change", show);
    show();
  }
}
