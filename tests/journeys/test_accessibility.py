"""No page breaks a rule of WCAG 2.2 AA that axe can see, in any of its states; none scrolls sideways on a phone.

Open votes and what only a journey reaches are looked at in the journeys themselves.
"""

import random
import re
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import faults, overflow

SEED = 2014
VOTE = "{vote}"
DRAFT = "{draft}"
PLACE = "{place}"

READ = [
    "/",
    "/needs/",
    "/needs/?q=zebra",
    "/needs/one-place-to-prove-who-you-are/",
    "/needs/let-parents-see-where-they-are-in-the-queue-for-a-school-place/",
    "/discoveries/",
    "/discoveries/paying-for-care/",
    "/discoveries/moving-house-telling-everyone-once/",
    "/prototypes/ask-once/",
    "/projects/",
    "/projects/deferred-payment-calculator/",
    "/projects/potholes-whoever-owns-the-road/",
    "/events/",
    "/events/?when=past",
    "/events/agile-for-heads-of-service-2/",
    "/events/co-design-day-paying-for-care/",
    "/events/discovery-day-moving-house/",
    "/votes/",
    VOTE,
    VOTE + "results/",
    VOTE + "record/",
    VOTE + "screen/",
    "/assets/",
    "/assets/?kind=code",
    "/assets/benefits/",
    "/assets/deferred-payment-calculator/",
    "/assets/missed-bin-reporter/",
    "/case-studies/",
    "/case-studies/what-we-got-wrong-about-deferred-payments/",
    "/case-studies/assisted-digital-in-every-library/",
    "/news/",
    "/news/the-deferred-payment-calculator-is-live/",
    "/councils/",
    "/councils/harlow/",
    "/councils/adur/",
    "/board/",
    "/board/meetings/",
    "/board/decisions/",
    "/figures/",
    "/figures/?as_at=2014-10-31",
    "/search/",
    "/search/?q=bin+collections",
    "/search/?q=bin+collections&kind=asset",
    "/search/?q=zebra+crossing+licences",
    "/accessibility/",
    "/privacy/",
    "/cookies/",
    "/design-system/",
    "/demo/",
    "/demo/mail/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/login/code/",
    "/nothing/is/here/",
]
ACT = {
    "officer": [
        "/account/",
        "/account/data/",
        "/account/profile/",
        "/account/close/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/needs/new/",
        "/needs/book-a-garden-waste-collection-in-two-minutes/edit/",
        "/events/co-design-day-blue-badges/sign-up/",
        "/events/agile-for-heads-of-service-2/sign-up/",
        "/assets/register/",
        "/assets/bin-day-texts/",
        "/assets/waste-standards-and-api/adopt/",
        "/councils/surrey/join/",
        "/events/new/",
    ],
    "county": [PLACE, PLACE + "change/", PLACE + "pass-on/", PLACE + "cancel/", "/account/"],
    "lead": ["/account/", "/assets/waiting/", "/councils/harlow/members/"],
    "facilitator": [
        "/discoveries/new/",
        "/discoveries/moving-house-telling-everyone-once/",
        "/discoveries/blue-badges-without-papers/prototype/",
        "/prototypes/ask-once/edit/",
        "/prototypes/ask-once/outline/",
        "/projects/planning-notices-people-read/",
        "/projects/potholes-whoever-owns-the-road/edit/",
        "/projects/potholes-whoever-owns-the-road/business-case/",
        "/events/new/",
        "/events/agile-for-heads-of-service-2/edit/",
        "/events/agile-for-heads-of-service-2/cancel/",
        "/events/agile-for-heads-of-service-2/check-in/",
        "/events/co-design-day-proving-who-you-are/check-in/",
        "/events/co-design-day-proving-who-you-are/brought-forth/",
        "/votes/new/",
        "/votes/new/?event=co-design-day-proving-who-you-are",
        DRAFT,
        DRAFT + "cast/",
        DRAFT + "roll/",
        VOTE,
        VOTE + "results/",
        VOTE + "outcome/",
    ],
    "secretariat": [
        "/board/",
        "/board/meetings/new/",
        "/people/",
        "/councils/waiting/",
        "/audit/",
        "{case}",
        "{case}decide/",
    ],
    "analyst": ["/assets/benefits/", "/account/"],
    "editor": ["/account/", "/assets/waiting/"],
}
# Posted as they stand, but with what is asked for left out.
WRONG = {
    "": ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"],
    "officer": [
        "/needs/new/",
        "/events/co-design-day-blue-badges/sign-up/",
        "/assets/register/",
        "/assets/waste-standards-and-api/adopt/",
        "/account/profile/",
        "/account/close/",
    ],
    "facilitator": [
        "/discoveries/new/",
        "/discoveries/blue-badges-without-papers/prototype/",
        "/prototypes/ask-once/outline/",
        "/projects/potholes-whoever-owns-the-road/edit/",
        "/projects/potholes-whoever-owns-the-road/business-case/",
        "/events/new/",
        "/votes/new/?event=co-design-day-proving-who-you-are",
        DRAFT + "roll/",
    ],
    "secretariat": ["/board/meetings/new/"],
}
NARROW = {
    "": [address for address in READ if "?" not in address or address.startswith("/search/")],
    "officer": ["/account/", "/needs/new/", "/assets/register/", "/events/co-design-day-blue-badges/sign-up/"],
    "facilitator": [
        "/projects/planning-notices-people-read/",
        "/events/co-design-day-proving-who-you-are/check-in/",
        "/votes/new/?event=co-design-day-proving-who-you-are",
        DRAFT,
    ],
    "secretariat": ["/people/", "/audit/", "/board/", "/councils/waiting/"],
    "lead": ["/councils/harlow/members/"],
}


@pytest.fixture
def find(visit):
    """What stands for an address that the demo makes up anew each time."""

    def address_of(page: Page, address: str) -> str:
        for mark, (where, pattern) in {
            VOTE: ("/events/co-design-day-paying-for-care/", r"/votes/[0-9a-z]{4,}/"),
            DRAFT: ("/votes/?state=draft", r"/votes/[0-9a-z]{4,}/"),
            PLACE: ("/account/", r"/sign-ups/[0-9a-f-]{36}/"),
            "{case}": ("/board/", r"/board/cases/\d+/"),
        }.items():
            if mark in address:
                found = re.search(pattern, page.request.get(where).text())
                assert found, f"{where} has no link to {pattern}"
                return address.replace(mark, found.group(0))
        return address

    return address_of


@pytest.mark.parametrize("name", ["", *ACT])
def test_pages_and_forms_break_no_rule(visit, find, name):
    page = visit(name)
    found = []
    for address in ACT[name] if name else READ:
        page.goto(find(page, address))
        found += faults(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", WRONG)
def test_forms_that_were_refused_break_no_rule(visit, find, name):
    page = visit(name)
    found = []
    for address in WRONG[name]:
        page.goto(find(page, address))
        send_empty(page)
        if not page.locator(".govuk-error-summary").count():
            found.append(f"nothing was refused at {page.url}")
        found += faults(page)
    assert not found, "\n".join(found)


def send_empty(page: Page) -> None:
    """The page's own form, with everything typed or ticked taken out."""
    page.evaluate(
        """() => {
          const form = [...document.querySelectorAll('main form[method=post]')].pop();
          for (const field of form.elements) {
            if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
            else if (!['hidden', 'submit', 'button'].includes(field.type)) field.value = '';
          }
          form.noValidate = true;
          form.requestSubmit();
        }"""
    )
    page.wait_for_load_state()
    page.locator(".govuk-error-summary").first.wait_for()


@pytest.mark.parametrize("name", NARROW)
def test_on_the_narrowest_phone_nothing_scrolls_sideways(visit, find, name):
    page = visit(name, width=320)
    found = []
    for address in NARROW[name]:
        page.goto(find(page, address))
        found += overflow(page)
    for address in ("/", "/needs/", "/figures/", "/search/?q=bin+collections") if not name else ():
        page.goto(address)
        found += faults(page)
    assert not found, "\n".join(found)


def test_thirty_pages_by_chance_break_no_rule(visit, site):
    page = visit()
    addresses = crawl(page, site)
    assert len(addresses) > 100
    found = []
    for address in random.Random(SEED).sample(sorted(addresses), 30):
        page.goto(address)
        found += faults(page)
    assert not found, "\n".join(found)


def crawl(page: Page, site: str, *, most: int = 60) -> set[str]:
    """Addresses that the first pages, read outward from the home page, link to."""
    seen, waiting = {"/"}, ["/"]
    for _ in range(most):
        if not waiting:
            break
        answer = page.request.get(waiting.pop(0))
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', answer.text()):
            address = urldefrag(unescape(href)).url.removeprefix(site)
            parts = urlsplit(address)
            is_page = parts.path.startswith("/") and parts.path.endswith("/") and not parts.netloc
            if is_page and "format=" not in parts.query and address not in seen:
                seen.add(address)
                waiting.append(address)
    return seen
