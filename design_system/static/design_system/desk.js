// The desk of an event: presses that cannot be sent are kept on the phone and sent later, in their order.
// Without this script every press is an ordinary form.

const EVERY = 20_000;
const desk = document.querySelector("[data-desk]");
const says = desk?.querySelector("[data-desk-says]");
const refused = desk?.querySelector("[data-desk-refused]");
let sending = false;
let filter = "";

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(desk.dataset.store) ?? "[]");
  } catch {
    return [];
  }
};

function keep(marks) {
  if (marks.length) localStorage.setItem(desk.dataset.store, JSON.stringify(marks));
  else localStorage.removeItem(desk.dataset.store);
}

function say(words) {
  desk.hidden = !words && !refused.children.length;
  if (says.textContent !== words) says.textContent = words;
}

function add(mark) {
  keep([...kept(), { client_id: crypto.randomUUID(), at: new Date().toISOString(), ...mark }]);
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

function tellRefused(words) {
  const line = document.createElement("li");
  line.textContent = words;
  refused.append(line);
}

// Whether all that was kept has been sent; what was refused is named with its reason.
async function send() {
  const marks = kept();
  if (!marks.length) return true;
  if (sending) return false;
  sending = true;
  try {
    const answer = await fetch(desk.dataset.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ sent_at: new Date().toISOString(), marks }),
      redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.status);
    const { answers } = await answer.json();
    const done = new Set(answers.map((one) => one.client_id));
    const names = new Map(marks.map((mark) => [mark.client_id, mark.name ?? ""]));
    answers.filter((one) => !one.is_taken).forEach((one) => tellRefused(`Not taken: ${names.get(one.client_id)}. ${one.said}`));
    keep(kept().filter((mark) => !done.has(mark.client_id)));
    if (!kept().length) say(answers.length === 1 && answers[0].is_taken ? answers[0].said : "Everything is sent. Nothing is kept on this phone any more.");
    return !kept().length;
  } catch {
    show();
    return false;
  } finally {
    sending = false;
  }
}

// What is kept, said on top and in the rows it is about.
function show() {
  const marks = kept();
  if (marks.length) say(`Offline. Kept on this phone, ${marks.length} to send.`);
  marks.forEach((mark) => {
    const form = document.querySelector(`[data-desk-press="${mark.what}"][data-reference="${mark.reference}"]`);
    const body = form?.closest(".lda-row")?.querySelector(".lda-row__body");
    if (!body || body.querySelector("[data-desk-kept]")) return;
    const note = document.createElement("p");
    note.className = "lda-row__note";
    note.dataset.deskKept = "";
    note.textContent = "Kept on this phone";
    body.append(note);
    form.querySelector("button").disabled = true;
  });
  document.querySelectorAll("[data-desk-live=lists] .lda-rows > li").forEach((row) => {
    row.hidden = Boolean(filter) && !row.textContent.toLowerCase().includes(filter);
  });
}

// What other desks have done since, where nobody is in the middle of something.
async function refresh() {
  try {
    const address = new URL(window.location.href);
    const answer = await fetch(address, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelectorAll("[data-desk-live]").forEach((here) => {
      const now = page.querySelector(`[data-desk-live="${here.dataset.deskLive}"]`);
      if (now && !here.contains(document.activeElement)) here.replaceChildren(...now.childNodes);
    });
    show();
  } catch {
    show();
  }
}

async function catchUp() {
  if (await send()) await refresh();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const walksIn = form.matches("[data-desk-walk-in]");
  if (!desk || (!walksIn && !form.matches("[data-desk-press]"))) return;
  // Online a press is an ordinary form, with the questions that the desk may ask back.
  if (navigator.onLine && !kept().length) return;
  if (navigator.onLine && walksIn) return;
  event.preventDefault();
  const person = form.closest(".lda-row")?.querySelector(".lda-row__title")?.textContent.trim();
  if (walksIn) {
    const typed = new FormData(form);
    const of = (name) => typed.get(`walk_in-${name}`) ?? "";
    if (!of("name").trim()) return say("Enter their name.");
    const names = ["name", "email", "organisation", "for_themselves", "kind"];
    add({ what: "walk_in", ...Object.fromEntries(names.map((name) => [name, of(name)])) });
    form.reset();
  } else {
    add({ what: form.dataset.deskPress, reference: form.dataset.reference, name: person });
  }
  show();
  if (navigator.onLine) catchUp();
});

if (desk) {
  document.querySelector(".lda-desk__search input")?.addEventListener("input", (event) => {
    filter = event.target.value.trim().toLowerCase();
    show();
  });
  window.addEventListener("online", catchUp);
  window.addEventListener("offline", () => say("Offline. What is pressed now is kept on this phone and sent later."));
  setInterval(() => navigator.onLine && catchUp(), EVERY);
  show();
  if (kept().length) catchUp();
}
