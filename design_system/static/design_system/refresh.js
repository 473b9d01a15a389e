// Parts of a page that are read anew every ten seconds, or so many as the part says, unless somebody is using one or the
// page is out of sight. A part that said how often, and says it no more, has come to its end.

const EVERY = 1000 * (document.querySelector("[data-refreshes][data-every]")?.dataset.every ?? 10);

async function readAnew() {
  const parts = [...document.querySelectorAll("[data-refreshes]")].filter((part) => !part.contains(document.activeElement));
  if (document.hidden || parts.length === 0) return;
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const fresh = page.querySelector(`[data-refreshes="${part.dataset.refreshes}"]`);
      if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
      if (fresh && part.dataset.every && !fresh.dataset.every) delete part.dataset.refreshes;
    }
  } catch {
    // Without an answer the page stays as it was; the next try comes by itself.
  }
}

window.setInterval(readAnew, EVERY);
