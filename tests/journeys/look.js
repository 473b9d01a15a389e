// What axe finds wrong on this page. Contrast takes most of its time and comes out the same for texts that look alike:
// the same colour, size and weight on the same grounds. So it is computed for one of each; where that says neither yes
// nor no, for all of them; and where anything is wrong, the whole page is looked at again, to name every place.
async (rules) => {
  const CONTRAST = "color-contrast";
  const alike = [...textsByLook().values()];

  axe.configure({ rules: [{ id: CONTRAST, selector: ":not([data-left-out])" }] });
  axe.addReporter("in-brief", (raw, options, done) => {
    const contrast = raw.find((rule) => rule.id === CONTRAST);
    done({
      isWrong: raw.some((rule) => rule.violations.length > 0),
      passed: new Set(contrast.passes.map((result) => result.node.element)),
    });
  });
  const first = await lookInBrief(rules, alike.flatMap(([, ...others]) => others));
  const settled = alike.filter(([one, ...others]) => !others.length || first.passed.has(one));
  const isWrong = first.isWrong || (settled.length < alike.length
    && (await lookInBrief({ runOnly: { type: "rule", values: [CONTRAST] } }, settled.flat())).isWrong);
  return isWrong ? (await axe.run(rules)).violations : [];

  async function lookInBrief(rules, leftOut) {
    for (const element of leftOut) element.setAttribute("data-left-out", "");
    try {
      return await axe.run({ ...rules, elementRef: true, reporter: "in-brief" });
    } finally {
      for (const element of leftOut) element.removeAttribute("data-left-out");
    }
  }

  function textsByLook() {
    const found = new Map(), grounds = new Map();
    for (const element of document.body.querySelectorAll("*")) {
      const { width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || ![...element.childNodes].some(isText)) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const look = [groundOf(element, grounds), style.color, style.fontSize, style.fontWeight, style.textShadow].join();
      if (!found.has(look)) found.set(look, []);
      found.get(look).push(element);
    }
    return found;
  }

  // A single letter or sign says nothing of contrast.
  function isText(node) {
    return node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(node.data);
  }

  // What is painted behind an element by those it stands in; what is placed apart from them is like nothing else.
  function groundOf(element, grounds) {
    if (!element) return "";
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const painted = [
        style.backgroundColor, style.backgroundImage, style.backgroundClip, style.opacity, style.filter, style.mixBlendMode,
      ].join(" ");
      const isPainted = painted !== "rgba(0, 0, 0, 0) none border-box 1 none normal";
      const isApart = ["absolute", "fixed", "sticky"].includes(style.position);
      const own = (isPainted ? `/${painted}` : "") + (isApart ? `/apart ${grounds.size}` : "");
      grounds.set(element, groundOf(element.parentElement, grounds) + own);
    }
    return grounds.get(element);
  }
}
