// Keeps the pages of a vote as the database has it: by socket, and where that is blocked by asking every 3 s. Numbers
// move, the page of somebody who waits turns into their ballot, and a ballot says when voting has closed.
// The page is complete without it; it only listens, and a vote is always cast by a form.

const POLL_EVERY = 3000;
const SPEAK_EVERY = 15000;
const FIRST_TRY_WITHIN = 1000;
const TRY_SOCKET_WITHIN = 15000;
const NOTHING_MORE_COMES = 4410;
const TURN_WITHIN = 1500;

function tallyOf(root) {
  // A ballot shows no numbers: of these it has only the last two.
  const status = root.querySelector("[data-live-status]");
  const refresh = root.querySelector("[data-live-refresh]");
  const pause = root.querySelector("[data-live-pause]");
  const voice = root.querySelector("[data-live-announce]");
  const ended = root.querySelector("[data-live-ended]");
  let version = Number(root.dataset.version);
  let socket = null;
  let polling = null;
  let triesInVain = 0;
  let spokenAt = Date.now();
  let speaking = null;
  let connection = [status?.textContent ?? "", false];
  let paused = false;
  let missed = null; // the latest state that came while paused
  let over = false;

  function cell(within, name, value) {
    for (const place of within.querySelectorAll(`[data-cell="${name}"]`)) {
      if (place.textContent !== String(value)) place.textContent = value;
    }
  }

  // Opened, closed or changed in the meantime: other things are on the page then.
  function isAnother(state) {
    const takesVotes = String(state.takes_votes ?? false) !== root.dataset.takesVotes;
    const draft = state.state === "draft" && state.version !== version;
    return state.state !== root.dataset.state || takesVotes || draft;
  }

  // Somebody waits here to vote: it has opened, or others were put on its roll, who may be they.
  function mayTurn(state, another) {
    if (!root.dataset.turnsInto) return false;
    return (another && !ended) || state.turnout?.on_roll > Number(root.dataset.onRoll);
  }

  // A hall full of phones turns within two seconds, not all at once.
  function turnInto(address) {
    over = true;
    stopPolling();
    window.setTimeout(() => window.location.assign(address), Math.random() * TURN_WITHIN);
  }

  function show(state) {
    if (over) return;
    if (state.state === "withdrawn" && root.dataset.turnsInto) {
      isWithdrawn();
      return;
    }
    const another = isAnother(state);
    if (mayTurn(state, another)) {
      turnInto(root.dataset.turnsInto);
      return;
    }
    if (paused && (!another || !ended)) {
      missed = state;
      return;
    }
    if (another && root.hasAttribute("data-unattended") && document.activeElement === document.body) {
      window.location.reload();
      return;
    }
    if (state.tally && state.version >= version) {
      const isNews = state.version > version;
      fill(state);
      if (isNews && !another) speak(state);
    }
    if (another) end(state);
  }

  function fill(state) {
    version = state.version;
    for (const name of ["voted", "on_roll", "councils_voted", "councils_on_roll"]) cell(root, name, state.turnout[name]);
    cell(root, "note", state.note);
    for (const line of state.tally) {
      const row = root.querySelector(`[data-option="${line.option}"]`);
      if (!row) continue;
      for (const name of ["people", "councils", "place"]) cell(row, name, line[name]);
      row.classList.toggle("lda-leads", line.leads);
      const bar = row.querySelector(".lda-bar");
      if (!bar) continue;
      bar.firstElementChild.setAttribute("width", line.bar);
      bar.classList.toggle("lda-bar--sun", line.leads);
    }
  }

  // The page is somebody's: it says that the vote has closed and stays, with the focus where it was. What says the state
  // says the new one, wherever it stands, and what can no longer be done goes; whoever stood on it is led to the sentence
  // that says so.
  function end(state) {
    over = true;
    stopPolling();
    socket?.close();
    window.clearTimeout(speaking);
    const words = ended ? "Voting has closed." : "This page has changed. Refresh it.";
    paused = false;
    say(words, Boolean(ended));
    if (voice) voice.textContent = words;
    if (!ended) return;
    ended.hidden = false;
    for (const name of ["heading", "closing"]) cell(document, name, state[name]);
    for (const each of document.querySelectorAll("[data-once-closed]")) each.hidden = false;
    for (const each of document.querySelectorAll("[data-live-pause], [data-while-open]")) {
      if (each.contains(document.activeElement)) ended.focus();
      each.hidden = true;
    }
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
    if (!voice) return;
    const first = state.tally.filter((line) => line.place).map((line) => line.title);
    const front = first.length ? ` ${first.join(" and ")} ${first.length > 1 ? "are" : "is"} in front.` : "";
    const sentence = `${state.turnout.voted} of ${state.turnout.on_roll} have voted.${front}`;
    window.clearTimeout(speaking);
    const wait = Math.max(0, spokenAt + SPEAK_EVERY - Date.now());
    speaking = window.setTimeout(() => {
      spokenAt = Date.now();
      voice.textContent = sentence;
    }, wait);
  }

  // The line is a live region, so it is written only when it says something else.
  function say(words, isUpToDate) {
    if (!status) return;
    connection = [words, isUpToDate];
    const shown = paused ? "Paused." : words;
    if (status.textContent !== shown) status.textContent = shown;
    refresh.hidden = isUpToDate && !paused;
  }

  function pauseOrGoOn() {
    paused = !paused;
    pause.textContent = paused ? "Go on with updates" : "Pause updates";
    window.clearTimeout(speaking);
    say(...connection);
    if (!paused && missed) show(missed);
    missed = null;
  }

  async function poll() {
    try {
      const answer = await fetch(root.dataset.live, { headers: { Accept: "application/json" } });
      if (over) return;
      if (answer.status === 404 && root.dataset.state === "draft") {
        show({ state: "withdrawn" });
        return;
      }
      say(answer.ok ? "Refreshing every 3 s." : "Not up to date: the site does not answer.", answer.ok);
      if (answer.ok) show(await answer.json());
    } catch {
      if (!over) say("Not up to date: no connection.", false);
    }
  }

  function startPolling() {
    if (polling || over) return;
    poll();
    polling = window.setInterval(poll, POLL_EVERY);
  }

  function stopPolling() {
    window.clearInterval(polling);
    polling = null;
  }

  function connect() {
    if (over) return undefined;
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
  connect();
}

for (const root of document.querySelectorAll("[data-live]")) tallyOf(root);
