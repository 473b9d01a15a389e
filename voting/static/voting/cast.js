// Sends a checked vote without leaving the page, so that a lost connection loses nothing: the page says so, and its
// button sends the same vote with the same token, which counts once however often it arrives. Without this script the
// form is an ordinary post.

import { forget } from "./kept-ticks.js";

const PATIENCE = 15000;
const NOT_SENT = "Not sent. Try again: it counts once, however often you press.";

function isCounted(within) {
  const said = within.querySelector("[data-counted]");
  if (said) forget(said.dataset.counted);
  return Boolean(said);
}

// The page that says so takes the place of this one; the focus goes to its heading.
function show(text, form) {
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!isCounted(page)) return false;
  forget(form.dataset.keepsAs);
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  window.scrollTo(0, 0);
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  heading.focus();
  return true;
}

function sends(form) {
  const status = form.querySelector("[data-cast-status]");
  let isOnItsWay = false;

  // Whatever else the site answers, it answers again to an ordinary post: nothing is counted twice.
  function leaveItToTheBrowser(step) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = step.name;
    field.value = step.value;
    form.append(field);
    form.submit();
  }

  async function send(step) {
    const body = new URLSearchParams([...new FormData(form), [step.name, step.value]]);
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const text = await answer.text();
    if (answer.ok && show(text, form)) return;
    if (answer.redirected) window.location.assign(answer.url);
    else leaveItToTheBrowser(step);
  }

  form.addEventListener("submit", async (event) => {
    const step = event.submitter;
    if (step?.value !== "count") return;
    event.preventDefault();
    if (isOnItsWay) return;
    isOnItsWay = true;
    status.textContent = "Sending…";
    try {
      await send(step);
    } catch {
      status.textContent = NOT_SENT;
    }
    isOnItsWay = false;
  });
}

isCounted(document);
for (const form of document.querySelectorAll("[data-cast]")) sends(form);
