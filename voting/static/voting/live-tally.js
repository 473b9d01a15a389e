// Keeps the pages of a vote as the database has it: by socket, and where that is blocked by asking every 3 s. A page
// of a voting card has none and asks without cookies; it turns by posting its card, which no address names. Numbers
// move; and once the vote opens, pauses, goes on, closes or is shown, the page is asked for anew. A page on which somebody
// has typed or ticked stays as it is and says what happened, with a link. Time is counted down by the site's clock.
// The page is complete without it; it only listens, and a vote is always cast by a form.

const POLL_EVERY = 3000;
const SPEAK_EVERY = 15000;
const FIRST_TRY_WITHIN = 1000;
const TRY_SOCKET_WITHIN = 15000;
const NOTHING_MORE_COMES = 4410;
const TURN_WITHIN = 1500;
const READ_PARTS_EVERY = 30000; // a secret vote is counted no more often, and nothing is sent when it is
const LIST_EVERY = 10000;
const KEPT = "vote-turned"; // what had the focus when the page was asked for anew, and why it was

const main = document.querySelector("main");
let ahead = 0; // the site's clock less this one's, in milliseconds

// A whole second is all that the header tells: half of one is the best guess.
function setClockBy(answer, askedAt) {
  const said = Date.parse(answer.headers.get("Date") ?? "");
  if (said) ahead = said + 500 - (askedAt + Date.now()) / 2;
}

function isTyped(control) {
  if (control.type === "hidden" || control.type === "submit") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((option) => option.selected !== option.defaultSelected);
  return control.value !== control.defaultValue;
}

// Whether something on the page would be lost with it: typed, ticked, sent back for correction, or still to be sent.
function holdsSomething() {
  if (main.querySelector("form[data-cast], .govuk-error-summary")) return true;
  return [...main.querySelectorAll("input, textarea, select")].some(isTyped);
}

// A selector that finds the element again on the page asked for anew.
function nameOf(element) {
  if (!element || element === main || !main.contains(element)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  if (href) return `a[href="${CSS.escape(href)}"]`;
  if (element.form) return `form[action="${CSS.escape(element.form.getAttribute("action") ?? "")}"] button`;
  return "h1";
}

function here() {
  return window.location.pathname + window.location.search;
}

function turn(address, words, withFocus) {
  try {
    const focus = withFocus ? nameOf(document.activeElement) : "";
    window.sessionStorage.setItem(KEPT, JSON.stringify({ path: window.location.pathname, focus, words }));
  } catch {
    // Without storage the page begins as any other.
  }
  window.location.replace(address);
}

// What a page that was asked for anew takes over from the one before.
function takeOver() {
  let kept = null;
  try {
    kept = JSON.parse(window.sessionStorage.getItem(KEPT));
    window.sessionStorage.removeItem(KEPT);
  } catch {
    return;
  }
  if (kept?.path !== window.location.pathname) return;
  const voice = main.querySelector("[data-live-announce]");
  if (voice && kept.words) window.setTimeout(() => (voice.textContent = kept.words), 500);
  if (!kept.focus) return;
  const heading = main.querySelector("h1");
  const found = main.querySelector(kept.focus) ?? heading;
  if (found === heading) found?.setAttribute("tabindex", "-1");
  found?.focus({ preventScroll: true });
}

function tallyOf(root) {
  // A ballot shows no numbers: of these it has only the last two.
  const status = root.querySelector("[data-live-status]");
  const refresh = root.querySelector("[data-live-refresh]");
  const pause = root.querySelector("[data-live-pause]");
  const again = root.querySelector("[data-asks-again]"); // on the pages of a voting card
  const voice = root.querySelector("[data-live-announce]");
  const notice = root.querySelector("[data-live-ended]");
  const isForm = root.hasAttribute("data-is-form");
  const isUnattended = root.hasAttribute("data-unattended");
  let version = Number(root.dataset.version);
  let countedAt;
  let socket = null;
  let polling = null;
  let triesInVain = 0;
  let spokenAt = Date.now();
  let speaking = null;
  let connection = [status?.textContent ?? "", false];
  let paused = false;
  let missed = null; // the latest state that came while paused
  let over = false;
  let timeIsUp = false;

  function cell(within, name, value) {
    if (value === undefined || value === null) return;
    for (const place of within.querySelectorAll(`[data-cell="${name}"]`)) {
      if (place.textContent !== String(value)) place.textContent = value;
    }
  }

  // Opened, paused, closed, shown or changed in the meantime: other things are on the page then.
  function isAnother(state) {
    const takesVotes = String(state.takes_votes ?? false) !== root.dataset.takesVotes;
    const draft = state.state === "draft" && state.version !== version;
    return state.state !== root.dataset.state || takesVotes || draft;
  }

  // The roll grew and somebody waits here, or it shrank under somebody's ballot: it may be they who were added or struck.
  function mayBeOfThem(state) {
    if (!root.dataset.onRoll || !state.turnout) return false;
    const before = Number(root.dataset.onRoll);
    const now = state.turnout.on_roll;
    const isMeant = root.hasAttribute("data-has-ballot") ? now < before : now > before;
    root.dataset.onRoll = now;
    return isMeant;
  }

  // Asks the page of the vote whether its reader may vote, and turns into the ballot, or out of it, if that has changed.
  function askForTheBallot(state) {
    window.setTimeout(async () => {
      try {
        const answer = await fetch(root.dataset.turnsOut);
        if (!answer.ok) return;
        const mayVote = (await answer.text()).includes(" data-may-vote");
        if (over || mayVote === root.hasAttribute("data-has-ballot") || (mayVote && holdsSomething())) return;
        over = true;
        stopPolling();
        turn(root.dataset[mayVote ? "turnsInto" : "turnsOut"], mayVote ? "You may vote now." : wordsOf(state));
      } catch {
        // It is told again once the roll changes again, or by the answer to what is sent.
      }
    }, Math.random() * TURN_WITHIN);
  }

  // A hall full of phones turns within two seconds, not all at once; the screen of the hall at once.
  function askAnew(address, state) {
    over = true;
    stopPolling();
    const turnUnlessTyped = () => {
      if (!isUnattended && holdsSomething()) {
        over = false;
        if (socket?.readyState !== WebSocket.OPEN) startPolling();
        tellOf(state);
      } else if (again) again.submit();
      else turn(address, wordsOf(state), address === here());
    };
    window.setTimeout(turnUnlessTyped, isUnattended ? 0 : Math.random() * TURN_WITHIN);
  }

  function wordsOf(state) {
    return `${state.heading ?? "The vote has changed"}.`;
  }

  function show(state) {
    if (over || state.version < version) return;
    if (state.state === "withdrawn") {
      if (root.dataset.turnsInto) isWithdrawn();
      return;
    }
    if (isAnother(state)) {
      if (isUnattended || !(paused || holdsSomething())) askAnew(here(), state);
      else tellOf(state);
      return;
    }
    if (mayBeOfThem(state)) askForTheBallot(state);
    if (notice && !notice.hidden) takeBack();
    if (paused) {
      missed = state;
      return;
    }
    fill(state);
  }

  function fill(state) {
    const isNews = state.version > version || state.turnout?.counted_at !== countedAt;
    const isFirst = countedAt === undefined;
    version = state.version;
    countedAt = state.turnout?.counted_at;
    if (!state.turnout) return;
    cell(root, "voted", state.turnout.voted);
    cell(root, "on_roll", state.turnout.on_roll);
    cell(document, "closing", state.closing);
    if (state.tally) fillTally(state);
    if (isNews && root.hasAttribute("data-parts")) readParts();
    if (isNews && !isFirst) speak(state);
  }

  function fillTally(state) {
    cell(root, "councils_voted", state.councils.voted);
    cell(root, "councils_on_roll", state.councils.on_roll);
    cell(root, "note", state.note);
    for (const line of state.tally) {
      const row = root.querySelector(`[data-option="${line.option}"]`);
      if (!row) continue;
      for (const name of ["people", "councils", "place"]) cell(row, name, line[name]);
      row.classList.toggle("lda-leads", line.leads);
      row.classList.toggle("lda-tied", line.tied);
      const bar = row.querySelector(".lda-bar");
      if (!bar) continue;
      bar.firstElementChild.setAttribute("width", line.bar / 10);
      bar.classList.toggle("lda-bar--sun", line.leads);
      bar.classList.toggle("lda-bar--tied", line.tied);
    }
  }

  // The parts of the console and of the screen, as the page would have them now. No part holds a form or the focus.
  async function readParts() {
    try {
      const askedAt = Date.now();
      const answer = await fetch(here());
      if (!answer.ok || over || paused) return;
      setClockBy(answer, askedAt);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of root.querySelectorAll("[data-part]")) {
        const now = page.querySelector(`[data-part="${part.dataset.part}"]`);
        const isHeld = part.contains(document.activeElement);
        if (now && !isHeld && now.outerHTML !== part.outerHTML) part.replaceWith(document.importNode(now, true));
      }
      tick();
    } catch {
      // The next reading comes.
    }
  }

  // Something would be lost with the page: it says what happened and stays, with the focus where it was. What can no
  // longer be done goes; whoever stood on it is led to the sentence that says so.
  function tellOf(state) {
    const words = wordsOf(state);
    say(words, Boolean(notice));
    if (voice && voice.textContent !== words) voice.textContent = words;
    if (!notice) return;
    cell(root, "heading", state.heading);
    for (const each of notice.querySelectorAll("[data-when]")) {
      each.hidden = !each.dataset.when.split(" ").includes(state.state);
    }
    notice.hidden = false;
    for (const each of document.querySelectorAll("[data-while-open]")) {
      if (each.contains(document.activeElement)) notice.focus();
      each.hidden = true;
    }
  }

  // It goes on as it was: what could be done can be done again.
  function takeBack() {
    notice.hidden = true;
    for (const each of document.querySelectorAll("[data-while-open]")) each.hidden = false;
    if (voice) voice.textContent = "Voting goes on.";
  }

  // Whoever waits for a vote that was withdrawn reads so: there is nothing for the page to turn into.
  function isWithdrawn() {
    over = true;
    stopPolling();
    socket?.close();
    say("This vote was withdrawn, or your place was given back.", true);
    for (const each of document.querySelectorAll("[data-until-withdrawn]")) each.hidden = true;
    for (const each of document.querySelectorAll("[data-once-withdrawn]")) each.hidden = false;
  }

  // One sentence at most every 15 seconds, always the latest.
  function speak(state) {
    if (!voice || isForm) return;
    const first = (state.tally ?? []).filter((line) => line.place).map((line) => line.title);
    const front = first.length ? ` ${first.join(" and ")} ${first.length > 1 ? "are" : "is"} in front.` : "";
    const sentence = `${state.turnout.voted} of ${state.turnout.on_roll} have voted.${front}`;
    window.clearTimeout(speaking);
    const wait = Math.max(0, spokenAt + SPEAK_EVERY - Date.now());
    speaking = window.setTimeout(() => {
      spokenAt = Date.now();
      voice.textContent = sentence;
    }, wait);
  }

  // The line is in a live region, so it is written only when it says something else.
  function say(words, isUpToDate) {
    if (!status) return;
    connection = [words, isUpToDate];
    const shown = paused ? "Paused." : words;
    if (status.textContent !== shown) status.textContent = shown;
    if (refresh) refresh.hidden = isUpToDate && !paused;
  }

  function pauseOrGoOn() {
    paused = !paused;
    pause.textContent = paused ? "Go on with updates" : "Pause updates";
    window.clearTimeout(speaking);
    say(...connection);
    if (!paused && missed) show(missed);
    missed = null;
  }

  // The time that is left, in every timer of the page; once it is up the site is asked what it makes of that.
  function tick() {
    for (const timer of document.querySelectorAll("[data-timer]")) {
      const left = Math.ceil((Date.parse(timer.dataset.timer) - Date.now() - ahead) / 1000);
      const seconds = Math.max(0, left);
      const two = (number) => String(number).padStart(2, "0");
      const hours = Math.floor(seconds / 3600);
      const minutes = Math.floor(seconds / 60) % 60;
      const digits = timer.querySelector("[data-timer-left]");
      digits.textContent = `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
      digits.hidden = hours >= 24;
      timer.querySelector("[data-timer-word]").hidden = hours >= 24;
      timer.classList.toggle("lda-timer--last", left <= 30);
      if (left > 0) timeIsUp = false;
      else if (!timeIsUp) {
        timeIsUp = true;
        window.setTimeout(() => ask().catch(() => {}), 1000);
      }
    }
  }

  async function ask() {
    const askedAt = Date.now();
    const credentials = again ? "omit" : "same-origin";
    const answer = await fetch(root.dataset.live, { credentials, headers: { Accept: "application/json" } });
    if (over) return answer;
    setClockBy(answer, askedAt);
    if (answer.status === 404 && root.dataset.state === "draft") show({ state: "withdrawn" });
    else if (answer.ok) show(await answer.json());
    return answer;
  }

  async function poll() {
    try {
      const answer = await ask();
      if (!over && polling) say(answer.ok ? "Refreshing every 3 s." : "Not up to date: the site does not answer.", answer.ok);
    } catch {
      if (!over) say("Not up to date: no connection.", false);
    }
  }

  function startPolling() {
    if (polling || over) return;
    polling = window.setInterval(poll, POLL_EVERY);
    poll();
  }

  function stopPolling() {
    window.clearInterval(polling);
    polling = null;
  }

  function connect() {
    if (over) return undefined;
    if (again) return startPolling();
    const address = new URL(root.dataset.socket, window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    try {
      socket = new WebSocket(address);
    } catch {
      return startPolling();
    }
    // A proxy may swallow the socket without a word: meanwhile the numbers come by asking.
    const patience = window.setTimeout(startPolling, POLL_EVERY);
    triesInVain += 1;
    socket.addEventListener("message", (message) => {
      if (over) return;
      triesInVain = 0;
      window.clearTimeout(patience);
      stopPolling();
      say("Live.", true);
      show(JSON.parse(message.data));
    });
    socket.addEventListener("close", (closed) => {
      window.clearTimeout(patience);
      if (closed.code === NOTHING_MORE_COMES) {
        over = true;
        stopPolling();
        return;
      }
      // After a restart a hall full of phones comes back within a second, not all at once, and has no need to ask.
      if (triesInVain) startPolling();
      const within = Math.min(FIRST_TRY_WITHIN * 2 ** triesInVain, TRY_SOCKET_WITHIN);
      window.setTimeout(connect, Math.random() * within);
    });
    return undefined;
  }

  if (pause) {
    pause.addEventListener("click", pauseOrGoOn);
    pause.hidden = false;
  }
  if (document.querySelector("[data-timer]")) {
    ask().catch(() => {});
    tick();
    window.setInterval(tick, 1000);
  }
  if (root.hasAttribute("data-parts")) window.setInterval(readParts, READ_PARTS_EVERY);
  connect();
}

// The rows of a list in which a vote is open, as the page would have them now, by asking alone: a list has no socket.
function keepFresh(list) {
  window.setInterval(async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    try {
      const answer = await fetch(here());
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const rows = list.querySelector(".lda-listing__main");
      const now = page.querySelector("[data-fresh] .lda-listing__main");
      if (rows && now && now.outerHTML !== rows.outerHTML) rows.replaceWith(document.importNode(now, true));
    } catch {
      // The next reading comes.
    }
  }, LIST_EVERY);
}

takeOver();
for (const list of document.querySelectorAll("[data-fresh]")) keepFresh(list);
for (const root of document.querySelectorAll("[data-live]")) tallyOf(root);
