// Says what is left while one votes, brings buttons where one thumb is enough, and keeps the ticks of this tab until
// they are counted. The ballot is complete without it, and the rules are checked by the site.

import { keep, kept } from "./kept-ticks.js";

const ORDINALS = new Intl.PluralRules("en-GB", { type: "ordinal" });
const SUFFIXES = { one: "st", two: "nd", few: "rd", other: "th" };
const POUNDS = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", maximumFractionDigits: 0 });

const ordinal = (number) => `${number}${SUFFIXES[ORDINALS.select(number)]}`;
const plural = (number, one) => `${number} ${number === 1 ? one : `${one}s`}`;

// What was typed as a whole number; 0 for anything else, which the site refuses in words.
const typed = (box) => (/^\s*\d{1,4}\s*$/.test(box.value) ? Number(box.value) : 0);

// The line of the bar for each way to vote: what stands in bold, and the words after it.
const LINES = {
  ticks(form, most) {
    const ticked = form.querySelectorAll('input[name="options"]:checked').length;
    const tooMany = most && ticked > most ? `, untick ${ticked - most}` : "";
    return [most ? `${ticked} of ${most}` : String(ticked), ` ticked${tooMany}`];
  },
  dots(form, most) {
    const left = most - given(form);
    if (left < 0) return [plural(-left, "dot"), ` too many: take ${-left} back`];
    const cap = Number(form.dataset.cap);
    const isOver = [...form.querySelectorAll(".lda-dots__number")].some((box) => typed(box) > cap);
    return isOver ? [`At most ${cap}`, " to one"] : [`${left} of ${most}`, " dots left"];
  },
  budget(form) {
    const pot = Number(form.dataset.pot);
    const ticked = [...form.querySelectorAll('input[name="options"]:checked')];
    const sum = ticked.reduce((total, box) => total + Number(box.dataset.price), 0);
    if (sum > pot) return [POUNDS.format(sum), ` of ${POUNDS.format(pot)}, which is fine`];
    return [`${POUNDS.format(pot - sum)} of ${POUNDS.format(pot)}`, " left; you may tick more"];
  },
  ranked(form, most) {
    const ranked = [...form.querySelectorAll("[data-rank] select")].filter((box) => box.value);
    const twice = ranked.find((box, n) => ranked.findIndex((other) => other.value === box.value) < n);
    const clash = twice ? `, two as ${ordinal(Number(twice.value))}` : "";
    return [most ? `${ranked.length} of ${most}` : String(ranked.length), ` ranked${clash}`];
  },
  scales(form) {
    const all = [...form.querySelectorAll("[data-scale]")];
    const answered = all.filter((row) => row.querySelector("input:checked")?.value).length;
    return [`${answered} of ${all.length}`, " answered"];
  },
};
LINES.single = LINES.ticks;
LINES.approval = LINES.ticks;
LINES.score = LINES.scales;
LINES.matrix = LINES.scales;

const given = (form) => [...form.querySelectorAll(".lda-dots__number")].reduce((sum, box) => sum + typed(box), 0);

function button(sign, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "lda-step";
  made.textContent = sign;
  made.setAttribute("aria-label", name);
  return made;
}

// A button that can do nothing now keeps the focus, so it is not disabled.
const allow = (step, can) => step.setAttribute("aria-disabled", String(!can));
const can = (step) => step.getAttribute("aria-disabled") !== "true";

function withDots(form, changed) {
  const most = Number(form.dataset.most);
  const cap = Number(form.dataset.cap);
  const rows = [...form.querySelectorAll(".lda-dots__steps")].map((row) => {
    const box = row.querySelector("input");
    const fewer = button("−", `One dot fewer for ${row.dataset.title}`);
    const more = button("+", `One dot more for ${row.dataset.title}`);
    // Only the option that was just changed is named, the same whether it was pressed or typed.
    const say = () => changed(`${row.dataset.title}: ${plural(typed(box), "dot")}.`);
    const step = (by) => {
      box.value = String(typed(box) + by);
      say();
    };
    box.addEventListener("input", (event) => {
      event.stopPropagation(); // else the form would say it again, without the name
      say();
    });
    fewer.addEventListener("click", () => can(fewer) && step(-1));
    more.addEventListener("click", () => can(more) && step(1));
    row.prepend(fewer);
    row.append(more);
    row.classList.add("lda-dots__steps--live");
    if (!box.value) box.value = "0";
    return { row, box, fewer, more };
  });
  return () => {
    const left = most - given(form);
    for (const { row, box, fewer, more } of rows) {
      allow(fewer, typed(box) > 0);
      allow(more, left > 0 && typed(box) < cap);
      row.closest("li").classList.toggle("lda-ballot__option--on", typed(box) > 0);
    }
  };
}

function withRanks(form, changed) {
  const boxes = [...form.querySelectorAll("[data-rank] select")];
  const most = boxes[0] ? boxes[0].options.length - 1 : 0;
  const titleOf = (box) => box.parentElement.dataset.title;
  const ranked = () => boxes.filter((box) => box.value).sort((one, other) => one.value - other.value);
  // Gives the boxes in this order the ranks from 1 on, and none to the others.
  const put = (order) => {
    for (const box of boxes) box.value = order.includes(box) ? String(order.indexOf(box) + 1) : "";
  };
  const said = (box) => {
    const all = ranked();
    const rank = all.indexOf(box);
    return rank < 0 ? `${titleOf(box)} is not ranked.` : `${titleOf(box)} is ${ordinal(rank + 1)} of ${all.length}.`;
  };
  const move = (box, by) => {
    const order = ranked();
    const from = order.indexOf(box);
    if (from < 0) order.push(box);
    else {
      order.splice(from, 1);
      // Down from the last place is out.
      if (from + by <= order.length) order.splice(from + by, 0, box);
    }
    put(order);
    changed(said(box));
  };
  const rows = boxes.map((box) => {
    const up = button("↑", `Rank ${titleOf(box)} higher`);
    const down = button("↓", `Rank ${titleOf(box)} lower`);
    up.addEventListener("click", () => can(up) && move(box, -1));
    down.addEventListener("click", () => can(down) && move(box, 1));
    box.parentElement.append(up, down);
    box.addEventListener("change", () => changed(said(box)));
    return { box, up, down };
  });
  const place = form.querySelector("[data-order]");
  const list = document.createElement("ol");
  place.append(list);
  return () => {
    const order = ranked();
    for (const { box, up, down } of rows) {
      allow(up, box.value ? order[0] !== box : order.length < most);
      allow(down, Boolean(box.value));
      box.closest("li").classList.toggle("lda-ballot__option--on", Boolean(box.value));
    }
    place.hidden = !order.length;
    list.replaceChildren(
      ...order.map((box) => {
        const line = document.createElement("li");
        line.value = Number(box.value);
        line.textContent = titleOf(box);
        return line;
      }),
    );
  };
}

function ballotOf(form) {
  const words = form.querySelector("[data-ballot-count]");
  const keepsAs = form.dataset.keepsAs;
  const put = (spoken = "") => {
    refresh();
    if (!words) return;
    const [bold, rest] = LINES[form.dataset.ballot](form, Number(form.dataset.most) || 0);
    const number = document.createElement("b");
    number.textContent = bold;
    const aloud = document.createElement("span");
    aloud.className = "govuk-visually-hidden";
    aloud.textContent = spoken && `${spoken} `;
    words.replaceChildren(aloud, number, rest);
  };
  const changed = (spoken) => {
    put(spoken);
    if (words) keep(keepsAs, form);
  };
  const enhance = { dots: withDots, ranked: withRanks }[form.dataset.ballot];

  // What was ticked in this tab and not sent is back: after a sign-in, a lost connection or a page opened anew.
  let isBack = false;
  if (words && !form.hasAttribute("data-is-sent")) isBack = kept(keepsAs, form);
  const refresh = enhance ? enhance(form, changed) : () => {};
  put();
  if (isBack) {
    const note = document.querySelector("[data-ballot-kept]");
    note.textContent = "What you had ticked is back. Nothing is sent yet.";
  }
  form.addEventListener("input", () => changed(""));
  // The browser knows that there is no network: the page stays, and so do its ticks.
  form.addEventListener("submit", (event) => {
    keep(keepsAs, form);
    if (navigator.onLine) return;
    event.preventDefault();
    const number = document.createElement("b");
    number.textContent = "Not sent.";
    words.replaceChildren(number, " You are offline: try again.");
  });
}

for (const form of document.querySelectorAll("[data-ballot]")) ballotOf(form);
