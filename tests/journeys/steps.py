"""What journeys do over and over."""

import re
import secrets
import time
from html import unescape

from playwright.sync_api import Page, expect

DAY = "/events/co-design-day-proving-who-you-are/"


def press(page: Page, name: str) -> None:
    """Press what is called so and looks like a button, be it a button or a link."""
    exact = re.compile(name)
    page.get_by_role("button", name=exact).or_(page.get_by_role("link", name=exact)).first.click()


def prepare_vote(
    facilitator: Page, question: str = "Which one first?", *, most: str = "", is_secret: bool = True
) -> str:
    """The address of a vote on the finished prototypes of today's day, ready to be opened."""
    facilitator.goto("/votes/new/?event=co-design-day-proving-who-you-are")
    facilitator.get_by_label("Question").fill(question)
    facilitator.get_by_label("How many may one person tick or rank?").fill(most)
    for unfinished in facilitator.get_by_label(re.compile("still lacks")).all():
        unfinished.uncheck()
    if not is_secret:
        facilitator.get_by_label(re.compile("^Open: ")).check()
    press(facilitator, "Prepare the vote")
    return re.search(r"/votes/\w+/$", facilitator.url).group(0)


def become_somebody_new(page: Page, name: str, address: str, password: str) -> str:
    """An account of one's own, made the way everybody makes one. Returns its address, new for each run."""
    address = address.replace("@", f"+{secrets.token_hex(3)}@")
    page.goto("/accounts/signup/")
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Create an account").click()
    page.get_by_label("Code", exact=True).fill(code_from_the_mail(page, address))
    press(page, "^Confirm$")
    expect(page.locator("main")).to_contain_text("You have confirmed")
    return address


def latest_mail(page: Page, address: str, pattern: str) -> str:
    """What the pattern finds in the latest mail to this address; the worker sends it within a second or two."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for mail in re.findall(r"<article.*?</article>", page.request.get("/demo/mail/").text(), re.DOTALL):
            words = unescape(re.sub(r"<[^>]+>", "\n", mail))
            if address in words and (found := re.search(pattern, words, re.MULTILINE)):
                return found.group(1)
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} has {pattern}")


def code_from_the_mail(page: Page, address: str) -> str:
    """The code by itself on a line."""
    return latest_mail(page, address, r"^\s*([A-Z0-9]{3}-?[A-Z0-9]{3})\s*$")
