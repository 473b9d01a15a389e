"""No page breaks a rule of WCAG 2.2 AA that axe can see, in any of its states; none scrolls sideways on a phone.

Pages that only a journey reaches are looked at in the journeys themselves, with `expect_accessible`.
"""

import os
import random
import re
import secrets
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from tests.journeys.axe import broken_words, expect_accessible, faults, look_at
from tests.journeys.pages import DRAFT, LINKS, PAGES, PAST_VOTE
from tests.journeys.steps import prepare_vote

SEED = os.environ.get("SEED") or secrets.token_hex(3)  # other pages each time; SEED=… for the same ones again
PEOPLE = sorted({look.person for looks in PAGES.values() for look in looks})


def find(page: Page, address: str) -> str:
    """What stands for an address that the demo makes up anew each time."""
    if DRAFT in address:
        return address.replace(DRAFT, prepare_vote(page))
    for mark, (where, pattern) in LINKS.items():
        if mark in address:
            found = re.search(pattern, page.request.get(where).text())
            assert found, f"{where} has no link to {pattern}"
            return address.replace(mark, found.group(0))
    return address


@pytest.mark.parametrize("name", PEOPLE, ids=lambda name: name or "stranger")
def test_no_page_breaks_a_rule_in_any_of_its_states(visit, name):
    page = visit(name, pictures=False)
    found = []
    for template, looks in PAGES.items():
        for look in looks:
            if look.person != name:
                continue
            page.goto(find(page, look.address))
            if look.is_sent_empty and not is_refused_empty(page):
                found.append(f"nothing was refused at {page.url}")
            found += look_at(page, template)
    assert not found, "\n".join(found)


def is_refused_empty(page: Page) -> bool:
    """The last form of the page that asks something comes back with its errors when everything typed is taken out."""
    asks = page.locator("textarea, select, input:not([type=hidden])")
    own = page.locator("main form[method=post]").filter(has=asks).last
    if not own.count():
        return False
    with page.expect_navigation():
        own.evaluate(
            """form => {
              for (const field of form.elements) {
                if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
                else if (!['hidden', 'submit', 'button'].includes(field.type)) field.value = '';
              }
              form.noValidate = true;
              form.requestSubmit(form.querySelector('button:not([type=button])'));
            }"""
        )
    return page.locator(".govuk-error-summary").count() > 0


def test_a_form_that_has_run_out_or_is_too_long_gives_its_text_back(visit):
    officer = visit("officer", pictures=False)
    officer.goto("/needs/new/")
    officer.get_by_label("What is the need, in one line?").fill("A form left open for too long")
    officer.context.clear_cookies(name="csrftoken")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Raise this need").click()
    expect_accessible(officer, "403_csrf.html")

    officer.goto("/needs/new/")
    officer.evaluate("document.querySelector('main textarea').value = 'much '.repeat(250000)")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Raise this need").click()
    expect_accessible(officer, "400.html")

    officer.goto("/events/any/speakers/1/mine/")
    expect_accessible(officer, "405.html")


def test_a_form_sent_twice_with_other_words_and_a_action_that_is_refused_give_the_text_back(visit):
    officer = visit("officer", pictures=False)
    officer.goto("/needs/new/")
    token = officer.locator("main [name=form_token]").input_value()
    raise_need(officer, "Zebra crossings painted overnight")
    made = officer.url
    officer.goto("/needs/new/")
    officer.evaluate("token => { document.querySelector('main [name=form_token]').value = token }", token)
    raise_need(officer, "Zebra crossings painted twice")
    expect_accessible(officer, "409_sent.html")
    expect(officer.get_by_text("Zebra crossings painted twice", exact=True)).to_be_visible()

    officer.goto(made)
    with officer.expect_navigation():
        officer.evaluate(
            """() => {
              const form = document.querySelector('main form[method=post]').cloneNode(true);
              form.action = location.pathname + 'leave/harlow/';
              document.body.append(form);
              HTMLFormElement.prototype.submit.call(form);
            }"""
        )
    expect_accessible(officer, "409.html")


def raise_need(page, title):
    page.get_by_label("What is the need, in one line?").fill(title)
    page.get_by_label("Who is it for?").fill("Residents")
    page.get_by_label("What do they need to be able to do?").fill(f"{title}, and be told so.")
    with page.expect_navigation():
        page.get_by_role("button", name="Raise this need").click()


def test_whose_session_has_ended_keeps_what_they_typed(visit):
    officer = visit("officer", pictures=False)
    officer.goto("/needs/new/")
    officer.get_by_label("What is the need, in one line?").fill("Typed before the session ended")
    officer.context.clear_cookies(name="sessionid")
    with officer.expect_navigation():
        officer.get_by_role("button", name="Raise this need").click()

    expect_accessible(officer, "403_signed_out.html")
    expect(officer.get_by_text("Typed before the session ended")).to_be_visible()
    officer.get_by_role("button", name="Sign in").click()
    expect(officer).to_have_url(re.compile(r"/accounts/login/\?next=/needs/new/"))


def test_asking_too_often_is_said_in_words(visit):
    stranger = visit(pictures=False)
    for _ in range(6):
        stranger.goto("/accounts/password/reset/")
        stranger.get_by_label("E-mail address").fill("asked.too.often@harlow.gov.uk")
        with stranger.expect_navigation():
            stranger.get_by_role("button").filter(has_text="password").click()
    expect_accessible(stranger, "429.html")


def show(page: Page, template: str, context: dict) -> None:
    """A page that the demo never comes to, put into the browser as the site would send it."""
    words = render_to_string(template, {"site_name": settings.SITE_NAME, **context})
    page.route("**/put/here/", lambda route: route.fulfill(body=words, content_type="text/html"))
    page.goto("/put/here/")


def test_a_fault_of_ours_is_said_in_words(visit):
    stranger = visit(pictures=False)
    show(stranger, "500.html", {})
    expect_accessible(stranger, "500.html")


def test_the_folded_menu_of_a_phone_breaks_no_rule(visit):
    page = visit(width=320, pictures=False)
    found = []
    for address in ("/", "/needs/", "/figures/", "/search/?q=bin+collections"):
        page.goto(address)
        found += faults(page)
    assert not found, "\n".join(found)


def test_no_word_breaks_in_the_middle_on_a_phone_or_a_tablet(visit):
    page = visit(pictures=False)
    found = []
    for address in ("/projects/verify-check-deliver/", "/prototypes/ask-once/", "/figures/"):
        page.goto(address)
        for width in (390, 656, 720, 1024):
            page.set_viewport_size({"width": width, "height": 844})
            found += broken_words(page)
    assert not found, "\n".join(found)


def heard(page: Page) -> list[tuple[str, str]]:
    """What a screen reader is told of the tables on the page, part by part."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    parts = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    return [part for part in parts if part[0] in {"table", "columnheader", "rowheader", "cell"}]


def test_on_a_phone_a_table_is_cards_and_is_still_heard_as_a_table(visit):
    page = visit(width=390, pictures=False)
    page.goto("/figures/?year=2014")
    table = page.locator(".lda-table").first
    january = table.get_by_role("row").nth(1)
    name, first, last = (january.locator(f":nth-child({n})").first.bounding_box() for n in (1, 2, 5))
    parts = heard(page)

    assert name["y"] < first["y"] < last["y"]  # below one another
    assert "Events so far" in january.get_by_role("cell").nth(2).evaluate(
        "e => getComputedStyle(e, '::before').content"
    )
    assert parts[0] == ("table", "Events and delegates, by month and so far")
    assert ("columnheader", "Delegates so far") in parts
    assert ("rowheader", "January") in parts
    assert ("cell", "178") in parts  # the words that stand beside it are those of its column, and are not said twice


def test_a_long_table_of_many_columns_begins_with_six_cards_on_a_phone_and_unfolds_without_a_script(visit):
    page = visit(width=390, pictures=False, scripts=False)
    page.goto("/figures/?year=2014")
    table = page.locator(".lda-table").first
    expect(table.get_by_role("rowheader")).to_have_count(6)
    table.get_by_text("Show the other 6").click()
    expect(table.get_by_role("rowheader")).to_have_count(12)
    expect(table.get_by_text("Show fewer")).to_be_visible()

    page.set_viewport_size({"width": 1280, "height": 900})
    expect(table.get_by_text("Show fewer")).to_be_hidden()
    page.reload()
    expect(table.get_by_role("rowheader")).to_have_count(12)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_table_scrolls_sideways_on_a_phone_or_a_desk(visit, width):
    page = visit(width=width, pictures=False)
    found = []
    records = ("/projects/deferred-payment-calculator/", "/services/parking-permits/", PAST_VOTE)
    for address in ("/figures/", "/board/promises/", "/privacy/", *records):
        page.goto(find(page, address))
        wide = page.locator(".lda-table__scroll").evaluate_all(
            "frames => frames.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.getAttribute('aria-label'))"
        )
        found += [f"{page.url}: {name}" for name in wide]
    assert not found, "\n".join(found)


def test_escape_shuts_the_menu_of_a_phone_and_gives_the_focus_back(visit):
    page = visit(width=390, pictures=False)
    page.goto("/needs/")
    menu = page.get_by_role("button", name="Menu")
    menu.click()
    page.get_by_role("link", name="Events").first.focus()
    page.keyboard.press("Escape")

    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_thirty_pages_by_chance_break_no_rule(visit, site):
    page = visit(pictures=False)
    addresses = crawl(page, site)
    assert len(addresses) > 100
    found = []
    for address in random.Random(SEED).sample(sorted(addresses), 30):
        page.goto(address)
        found += faults(page, every_text=True)
    assert not found, "\n".join([f"chosen with SEED={SEED}", *found])


def crawl(page: Page, site: str, *, most: int = 30) -> set[str]:
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
