"""What axe finds on a page, in lines that say where: rule, address, place, and what would put it right."""

import time
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.browsers import PATIENCE

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
LOOK = Path(__file__).with_name("look.js").read_text()
EVERY_TEXT = "async (rules) => (await axe.run(rules)).violations"
NARROWEST = {"width": 320, "height": 640}
# Wider than the window, and not inside something that scrolls by itself.
TOO_WIDE = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (e) => e && e !== document.body && e !== root
    && (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const wide = [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e));
  return [`page is ${root.scrollWidth} px wide`, ...wide.slice(-3).map((e) => e.outerHTML.slice(0, 160))];
}
"""
# Words whose letters stand on two lines.
BROKEN_WORDS = """
() => {
  const found = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, range = document.createRange();
    for (const word of text.textContent.matchAll(/\\p{L}{3,}/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((r) => r.width).map((r) => Math.round(r.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}
"""


def faults(page: Page, *, every_text: bool = False) -> list[str]:
    """One line for each place that breaks a rule. Contrast is computed once for texts that look alike, or for all."""
    page.evaluate(f"{AXE_SCRIPT}; undefined")
    return [
        f"{violation['id']} at {page.url}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:240]}"
        for violation in page.evaluate(EVERY_TEXT if every_text else LOOK, RULES)
        for node in violation["nodes"][:3]
    ]


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return [f"too wide at {page.url}: {line}" for line in page.evaluate(TOO_WIDE)]


def broken_words(page: Page) -> list[str]:
    """Words that are broken in the middle."""
    return [f"broken at {page.url}, {page.viewport_size['width']} px: {word}" for word in page.evaluate(BROKEN_WORDS)]


def look_at(page: Page, template: str) -> list[str]:
    """What is wrong with the open page, which is to come from this template, on a desk and on a narrow phone."""
    wrong_page = [] if page.template in ("", template) else [f"{page.url} is {page.template}, not {template}"]
    found = [*wrong_page, *faults(page)]
    window = page.viewport_size
    page.set_viewport_size(NARROWEST)
    found += overflow(page)
    page.set_viewport_size(window)
    return found


def expect_accessible(page: Page, template: str) -> None:
    """For pages and states that only a journey reaches. The press that leads there may still be on its way."""
    arrived_by = time.monotonic() + PATIENCE / 1000
    while page.template not in ("", template) and time.monotonic() < arrived_by:
        page.wait_for_timeout(50)
    page.wait_for_load_state()
    found = look_at(page, template)
    assert not found, "\n".join(found)
