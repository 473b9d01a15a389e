// Keeps the numbers of a vote as the database has them: by socket, and where that is blocked by asking every 3 s.
// The page is complete without it; it only listens, and a vote is always cast by a form.

const POLL_EVERY = 3000;
const SPEAK_EVERY = 15000;
const TRY_SOCKET_AGAIN = 15000;

function tallyOf(root) {
  const status = root.querySelector("[data-live-status]");
  const refresh = root.querySelector("[data-live-refresh]");
  const voice = root.querySelector("[data-live-announce]");
  let version = Number(root.dataset.version);
  let polling = null;
  let spokenAt = Date.now();
  let speaking = null;

  function cell(within, name, value) {
    for (const place of within.querySelectorAll(`[data-cell="${name}"]`)) {
      if (place.textContent !== String(value)) place.textContent = value;
    }
  }

  function show(state) {
    // Open or closed in the meantime: other things are on the page then.
    const changed = state.state !== root.dataset.state || String(state.takes_votes ?? false) !== root.dataset.takesVotes;
    if (changed) return window.location.reload();
    if (!state.tally || state.version < version) return undefined;
    const isNews = state.version > version;
    version = state.version;
    for (const name of ["voted", "on_roll", "councils_voted", "councils_on_roll"]) cell(root, name, state.turnout[name]);
    cell(root, "note", state.note);
    for (const line of state.tally) {
      const row = root.querySelector(`[data-option="${line.option}"]`);
      if (!row) continue;
      for (const name of ["people", "councils", "place"]) cell(row, name, line[name]);
      const bar = row.querySelector(".lda-bar");
      if (!bar) continue;
      bar.firstElementChild.setAttribute("width", line.bar);
      bar.classList.toggle("lda-bar--sun", Boolean(line.place));
    }
    if (isNews) speak(state);
    return undefined;
  }

  // One sentence at most every 15 seconds, always the latest.
  function speak(state) {
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

  function say(words, isUpToDate) {
    status.textContent = words;
    refresh.hidden = isUpToDate;
  }

  async function poll() {
    try {
      const answer = await fetch(root.dataset.live, { headers: { Accept: "application/json" } });
      if (answer.ok) show(await answer.json());
      say(answer.ok ? "Refreshing every 3 s." : "Not up to date: the site does not answer.", answer.ok);
    } catch {
      say("Not up to date: no connection.", false);
    }
  }

  function startPolling() {
    if (polling) return;
    poll();
    polling = window.setInterval(poll, POLL_EVERY);
  }

  function stopPolling() {
    window.clearInterval(polling);
    polling = null;
  }

  function connect() {
    if (root.dataset.state === "draft") return startPolling();
    const address = new URL(root.dataset.socket, window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    let socket;
    try {
      socket = new WebSocket(address);
    } catch {
      return startPolling();
    }
    // A proxy may swallow the socket without a word: meanwhile the numbers come by asking.
    const patience = window.setTimeout(startPolling, POLL_EVERY);
    socket.addEventListener("message", (message) => {
      window.clearTimeout(patience);
      stopPolling();
      say("Live.", true);
      show(JSON.parse(message.data));
    });
    socket.addEventListener("close", () => {
      window.clearTimeout(patience);
      startPolling();
      window.setTimeout(connect, TRY_SOCKET_AGAIN);
    });
    return undefined;
  }

  connect();
}

for (const root of document.querySelectorAll("[data-live]")) {
  if (root.querySelector("[data-live-status]")) tallyOf(root);
}
