// The desk of an event: each press is sent at once; what cannot be sent is kept on the phone and sent later, in order.
// Without this script every press is an ordinary form.

const EVERY = 20_000;
const AGAIN = 5_000; // while something is kept
const PATIENCE = 4_000; // how long a press waits for its answer before it is kept
const STORES = "lda-desk-";
const NAMES = ["name", "email", "organisation", "for_themselves", "kind"];
const DEEDS = { in: "came", out: "left", undo: "had not come", walk_in: "walked in" };
const desk = document.querySelector("[data-desk]");
const says = desk?.querySelector("[data-desk-says]");
const refused = desk?.querySelector("[data-desk-refused]");
const list = desk?.querySelector("[data-desk-list]");
let sending = null;
let filter = "";
let why = "";

const read = (store) => {
  try {
    return { marks: [], ...JSON.parse(localStorage.getItem(store) ?? "{}") };
  } catch {
    return { marks: [] };
  }
};

const kept = () => read(desk.dataset.store).marks;

function keep(marks) {
  const { store, ends, title } = desk.dataset;
  if (marks.length) localStorage.setItem(store, JSON.stringify({ ends, title, marks }));
  else localStorage.removeItem(store);
}

const named = (mark) => `${mark.name} ${DEEDS[mark.what]}, ${clock(mark.at)}`;
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
const presses = (number) => `${number} ${number === 1 ? "press is" : "presses are"}`;

function say(words, { isDone = false } = {}) {
  desk.hidden = !words && !refused.children.length;
  desk.classList.toggle("lda-message--success", isDone);
  if (says.textContent !== words) says.textContent = words;
}

function line(words, to) {
  const item = document.createElement("li");
  item.textContent = words;
  to.append(item);
  return item;
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// The answers to what is kept, or null where nothing came back; what was answered is kept no more.
async function send({ mayAsk = "" } = {}) {
  while (sending) await sending;
  const marks = kept();
  if (!marks.length) return [];
  sending = ask(marks, mayAsk);
  try {
    return await sending;
  } finally {
    sending = null;
  }
}

async function ask(marks, mayAsk) {
  try {
    const answer = await fetch(desk.dataset.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({
        sent_at: new Date().toISOString(),
        marks: marks.map((mark) => (mark.client_id === mayAsk ? { ...mark, may_ask: true } : mark)),
      }),
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE + 50 * marks.length),
    });
    if (!answer.ok) {
      const isShut = answer.type === "opaqueredirect" || answer.status === 403;
      why = isShut ? "You are signed out here. Sign in again and what is kept is sent." : "The site does not answer.";
      return null;
    }
    const { answers } = await answer.json();
    const done = new Map(answers.map((one) => [one.client_id, one]));
    keep(kept().filter((mark) => !done.has(mark.client_id)));
    return marks.filter((mark) => done.has(mark.client_id)).map((mark) => ({ mark, ...done.get(mark.client_id) }));
  } catch {
    why = navigator.onLine ? "The site does not answer." : "Offline.";
    return null;
  }
}

// What is kept: said on top and in the bar, and noted in the rows it is about.
function show() {
  const marks = kept();
  list.replaceChildren();
  marks.forEach((mark) => {
    const item = line(`${named(mark)} `, list);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lda-desk__undo";
    button.textContent = "Take back";
    button.setAttribute("aria-label", `Take back: ${named(mark)}`);
    button.addEventListener("click", () => {
      keep(kept().filter((one) => one.client_id !== mark.client_id));
      offTheRow(mark);
      show();
      if (!kept().length) say(`Taken back: ${named(mark)}. Nothing is kept on this phone.`);
      says.focus({ preventScroll: true });
    });
    item.append(button);
  });
  const bar = document.querySelector("[data-desk-bar]");
  if (bar && marks.length) bar.textContent = `${why || "Offline."} ${marks.length} kept on this phone`;
  if (marks.length) say(`${why || "Offline."} ${presses(marks.length)} kept on this phone and sent as soon as it can be:`);
  marks.forEach(noteInRow);
  document.querySelectorAll("[data-desk-live=lists] .lda-rows > li").forEach((row) => {
    row.hidden = Boolean(filter) && !row.textContent.toLowerCase().includes(filter);
  });
  const more = document.querySelector("[data-desk-more]");
  if (more && filter) more.open = true;
  const none = document.querySelector("[data-desk-none]");
  if (none) none.hidden = !filter || Boolean(document.querySelector("[data-desk-live=lists] .lda-rows > li:not([hidden])"));
}

const formOf = (mark) => document.querySelector(`[data-desk-press="${mark.what}"][data-reference="${mark.reference}"]`);

function noteInRow(mark) {
  const form = mark.reference && formOf(mark);
  const body = form?.closest(".lda-row")?.querySelector(".lda-row__body");
  if (form) form.querySelector("button").disabled = true;
  if (!body || body.querySelector("[data-desk-kept]")) return;
  const note = document.createElement("p");
  note.className = "lda-row__note";
  note.dataset.deskKept = "";
  note.textContent = `Kept on this phone: ${DEEDS[mark.what]}, ${clock(mark.at)}`;
  body.append(note);
}

function offTheRow(mark) {
  const form = mark.reference && formOf(mark);
  if (!form) return;
  form.querySelector("button").disabled = false;
  form.closest(".lda-row")?.querySelector("[data-desk-kept]")?.remove();
}

// What other desks have done since; where somebody stands in the middle of it, only if they have just pressed.
async function refresh({ isPressed = false } = {}) {
  try {
    const signal = AbortSignal.timeout(2 * PATIENCE);
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" }, redirect: "error", signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelectorAll("[data-desk-live]").forEach((here) => {
      const now = page.querySelector(`[data-desk-live="${here.dataset.deskLive}"]`);
      const isInIt = here.contains(document.activeElement);
      if (!now || (isInIt && !isPressed)) return;
      const [more, before] = [now, here].map((lists) => lists.querySelector("[data-desk-more]"));
      if (more && before) more.open = before.open;
      here.replaceChildren(...now.childNodes);
      if (isInIt) says.focus({ preventScroll: true });
    });
    agree(new Date());
  } catch {
    // The page stays as it is.
  }
  show();
}

// That this phone shows what all desks have noted, and since when.
function agree(at) {
  const online = document.querySelector("[data-desk-online]");
  if (!online) return;
  online.querySelector("[data-desk-agrees]").textContent = `All desks agreed at ${clock(at)}.`;
  online.hidden = false;
}

// The address of the desk as it is, with the person who has just come in its bar.
function remember({ mark, reference, was_in: wasIn }) {
  const address = new URL(window.location.href);
  address.hash = "";
  ["last", "was_in"].forEach((name) => address.searchParams.delete(name));
  if (mark.what === "in" || mark.what === "walk_in") {
    address.searchParams.set("last", reference);
    if (wasIn) address.searchParams.set("was_in", "1");
  }
  history.replaceState(null, "", address);
}

function tellRefused(answers) {
  answers.filter((one) => !one.is_taken).forEach((one) => line(`Not taken: ${one.mark.name}. ${one.said}`, refused));
  answers.filter((one) => one.note).forEach((one) => line(one.note, refused));
}

async function catchUp() {
  const answers = await send();
  if (answers === null) return show();
  tellRefused(answers);
  if (answers.length && !kept().length) {
    const taken = answers.filter((one) => one.is_taken).length;
    list.replaceChildren();
    const sent = taken ? `${taken} ${taken === 1 ? "press" : "presses"} sent. ` : "";
    say(`${sent}Nothing is kept on this phone any more.`, { isDone: Boolean(taken) });
  }
  return refresh();
}

// One press: sent now with whatever is kept before it. What the site would ask back about goes as an ordinary form.
async function take(mark, form) {
  if (kept().length > 1) show();
  const answers = await send({ mayAsk: mark.client_id });
  if (answers === null) {
    if (mark.what === "walk_in") form.reset();
    return show();
  }
  const mine = answers.find((one) => one.mark.client_id === mark.client_id);
  tellRefused(answers.filter((one) => one !== mine));
  if (mine && !mine.is_taken) return form.submit();
  if (mark.what === "walk_in") form.reset();
  if (!mine) return refresh(); // sent meanwhile, with the rest
  list.replaceChildren();
  say(mine.said, { isDone: true });
  remember(mine);
  return refresh({ isPressed: true });
}

function pressOf(form) {
  const made = { client_id: crypto.randomUUID(), at: new Date().toISOString() };
  if (form.matches("[data-desk-press]")) {
    const name = form.dataset.name ?? "";
    return { ...made, what: form.dataset.deskPress, reference: form.dataset.reference, name };
  }
  const typed = new FormData(form);
  return { ...made, what: "walk_in", ...Object.fromEntries(NAMES.map((name) => [name, typed.get(`walk_in-${name}`) ?? ""])) };
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!desk || !form.matches("[data-desk-walk-in], [data-desk-press]")) return;
  try {
    const mark = pressOf(form);
    // Without a name there is nobody to let in: the site says so beside the field.
    if (mark.what === "walk_in" && !mark.name.trim()) {
      if (navigator.onLine) return;
      event.preventDefault();
      say("Enter their name.");
      return;
    }
    keep([...kept(), mark]);
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (mark.what !== "walk_in" && button) button.disabled = true;
    take(mark, form);
  } catch {
    // This phone keeps nothing: the form goes as it is.
  }
});

// What was never sent by the end of its day is said once, by name, and is kept no longer.
async function wipe() {
  const now = new Date().toISOString();
  const over = Object.keys(localStorage).filter((store) => store.startsWith(STORES) && (read(store).ends ?? now) <= now);
  for (const store of over) {
    if (store === desk.dataset.store) await catchUp();
    const { title = "", marks } = read(store);
    localStorage.removeItem(store);
    if (!marks.length) continue;
    list.replaceChildren();
    say(`The day is over, and ${presses(marks.length)} wiped from this phone without having been sent. Note by hand:`);
    marks.forEach((mark) => line(`${title}: ${named(mark)}. Never sent.`, refused));
    desk.hidden = false;
  }
}

async function again() {
  await wipe();
  if (kept().length) await catchUp();
}

if (desk) {
  document.querySelector(".lda-desk__search input")?.addEventListener("input", (event) => {
    filter = event.target.value.trim().toLowerCase();
    show();
  });
  window.addEventListener("online", catchUp);
  window.addEventListener("offline", () => {
    why = "Offline.";
    const online = document.querySelector("[data-desk-online]");
    if (online) online.hidden = true;
    if (kept().length) show();
    else say("Offline. What is pressed now is kept on this phone and sent later.");
  });
  agree(new Date());
  setInterval(again, AGAIN);
  setInterval(() => navigator.onLine && !kept().length && refresh(), EVERY);
  again();
}
