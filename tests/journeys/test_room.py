"""A vote in a hall of three: the facilitator's console, the screen, and phones of which one has no socket."""

import contextlib
import re

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.axe import expect_accessible
from tests.journeys.steps import press

CUT = """() => {
  const root = document.documentElement;
  const tooFar = [...document.querySelectorAll(".lda-hall *, .lda-screen__brand")]
    .filter((e) => e.getClientRects().length && e.getBoundingClientRect().bottom > root.clientHeight + 1);
  return tooFar.map((e) => e.outerHTML.slice(0, 120));
}"""


def expect_whole(screen: Page) -> None:
    """Nothing of the screen is cut or scrolled at the least size of a hall, and it has no controls."""
    screen.set_viewport_size({"width": 1280, "height": 720})
    assert screen.evaluate(CUT) == []
    expect(screen.locator("body").get_by_role("button")).to_have_count(0)
    expect(screen.locator("main").get_by_role("link")).to_have_count(0)
    expect_accessible(screen, "voting/screen.html")


def prepare(console: Page, question: str) -> str:
    """The address of an open vote on the finished prototypes of today's day, ready to be opened."""
    console.goto("/votes/new/?event=co-design-day-proving-who-you-are")
    console.get_by_label("Question", exact=True).fill(question)
    for unfinished in console.get_by_label(re.compile("still lacks")).all():
        unfinished.uncheck()
    console.get_by_label(re.compile("^Open: ")).check()
    press(console, "Prepare the vote")
    return re.search(r"/votes/\w+/$", console.url).group(0)


def tick(phone: Page, ballot: str, title: str) -> None:
    phone.goto(ballot + "cast/")
    phone.get_by_label(re.compile(f"^{title}")).check()


def cast(phone: Page, ballot: str, title: str) -> None:
    tick(phone, ballot, title)
    press(phone, "Check my vote")
    press(phone, "Count my vote")
    expect(phone.locator("main")).to_contain_text("Your vote is counted")


def test_a_vote_is_paused_prolonged_closed_looked_at_shown_tied_and_held_again_while_screen_and_phones_follow(visit):
    console, screen = visit("facilitator"), visit(width=1280)
    blocked, phone = visit("county", width=390), visit("officer", width=390)
    blocked.route_web_socket("**/ws/**", lambda socket: socket.close())
    ballot = prepare(console, "Which one does the room see?")
    blocked.goto(ballot + "cast/")
    expect(blocked.get_by_role("heading", level=1)).to_have_text("Voting has not opened yet")

    # Opened: the waiting phone is the ballot by itself, though its sockets are blocked.
    press(console, "Open the vote")
    expect(console.get_by_role("button", name="Close the vote")).to_be_visible()
    expect(console.locator(".lda-stepper__step--present")).to_contain_text("Close")
    expect_accessible(console, "voting/console.html")
    expect(blocked.get_by_role("button", name="Check my vote")).to_be_visible()
    screen.goto(ballot + "screen/")
    expect(screen.locator(".lda-ring__number")).to_contain_text("0 of")
    expect_whole(screen)

    # A vote moves ring and console; the page of somebody without sockets says how it is kept up to date.
    cast(phone, ballot, "Ask once")
    expect(screen.locator(".lda-ring__number")).to_contain_text("1 of")
    expect(console.locator(".lda-turnout__number")).to_contain_text("1 of")
    expect(console.locator("[data-part=said]")).to_contain_text("Closing counts the 1 vote received")
    watching = visit(width=390)
    watching.route_web_socket("**/ws/**", lambda socket: socket.close())
    watching.goto(ballot)
    expect(watching.locator("[data-live-status]")).to_have_text("Refreshing every 3 s.")

    # Paused: who has ticked keeps the ticks and reads so; who has not is led out of the ballot, and in again.
    tick(blocked, ballot, "The counter check")
    lead = visit("lead", width=390)
    lead.goto(ballot + "cast/")
    press(console, "^Pause$")
    expect(console.get_by_role("button", name="Go on", exact=True)).to_be_visible()
    expect(screen.locator("main")).to_contain_text("Voting is paused.")
    expect(blocked.locator("[data-live-ended]")).to_contain_text("What you have chosen stays here")
    expect(blocked.get_by_label(re.compile("^The counter check"))).to_be_checked()
    expect(blocked.get_by_role("button", name="Check my vote")).to_be_hidden()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Voting is paused")
    press(console, "^Go on$")
    expect(lead.get_by_role("button", name="Check my vote")).to_be_visible()
    expect(blocked.get_by_role("button", name="Check my vote")).to_be_visible()
    press(blocked, "Check my vote")
    blocked.get_by_role("button", name="Count my vote").dblclick()
    expect(blocked.locator("main")).to_contain_text("Your vote is counted")
    expect(console.locator(".lda-turnout__number")).to_contain_text("2 of")

    # A question is parked; the roll page and the page of a misread question are at hand.
    console.get_by_label("Question, in one line").fill("Who pays for the first year?")
    press(console, "Park it")
    expect(console.locator("#parked li").first).to_contain_text("Who pays for the first year?")
    press(console, "The question was misread")
    expect_accessible(console, "voting/void.html")
    console.goto(ballot + "roll/")
    press(console, "^Strike off")
    expect_accessible(console, "voting/strike.html")

    # Closed: nobody sees the result, but for those who run it.
    console.goto(ballot)
    press(console, "Close the vote")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Voting has closed")
    expect(screen.locator(".lda-hall__big")).to_contain_text(re.compile(r"2 of \d+ voted\."))
    expect_whole(screen)
    expect(watching.locator("main")).to_contain_text("Voting has closed")
    press(console, "Look at the result, you alone")
    expect(console.get_by_role("heading", level=1)).to_have_text("Two prototypes are tied")
    expect_accessible(console, "voting/preview.html")

    # Shown: as a tie, in nobody's colour, everywhere by itself.
    press(console, "Show the result")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Two prototypes are tied")
    expect(screen.locator(".lda-bar--tied")).to_have_count(2)
    expect(screen.locator(".lda-bar--sun")).to_have_count(0)
    expect(screen.locator("main")).to_contain_text("A run-off decides between those tied.")
    expect_whole(screen)
    expect(watching.get_by_role("link", name="Result: Two prototypes are tied")).to_be_visible()
    console.goto(ballot)
    press(console, "Prepare the run-off")
    run_off = re.search(r"/votes/\w+/$", console.url).group(0)

    # The run-off is misread: void with a reason, copied, and held again.
    press(console, "Open the vote")
    screen.goto(run_off + "screen/")
    press(console, "The question was misread")
    console.get_by_label("Why?").fill("Some read it as a promise to pay")
    press(console, "Make this round void")
    expect(screen.get_by_role("heading", level=1)).to_have_text("This round is void")
    expect(screen.locator("main")).to_contain_text("Some read it as a promise to pay")
    expect_whole(screen)
    press(console, "Copy it as a new round")
    expect(console.get_by_role("button", name="Open the vote")).to_be_visible()
    by_hand = visit("facilitator", scripts=False)
    by_hand.goto(console.url)
    press(by_hand, "Open the vote")
    press(by_hand, "Close the vote")
    press(by_hand, "Look at the result, you alone")
    press(by_hand, "Show the result")
    expect(by_hand.get_by_role("heading", level=1)).to_have_text("Nobody voted")


LONG = (
    "Waste standards and an API that every collection contract asks for",
    "Verify once, check eligibility everywhere, deliver without a form",
    "Caresupermarket: compare what care costs before anybody sells a home",
    "DVLA data sharing for parking permits and concessionary travel passes",
    "Deferred payments for care, explained before the assessment begins",
    "Property data and fraud: one register that councils can all read",
    "Blue badge renewal by text message, with the photograph from before",
    "School admissions in one form across neighbouring county boundaries",
)
SHORTENED = """() => {
  const parts = document.querySelectorAll(".lda-hall__words, .lda-hall h1, .lda-hall__options, .lda-hall__main");
  return [...parts].filter((e) => e.scrollHeight > e.clientHeight + 2).map((e) => e.textContent.trim().slice(0, 80));
}"""
LIE_OVER = """() => {
  const parts = [...document.querySelectorAll(".lda-hall__title, .lda-hall__rule, .lda-hall__foot > *, .lda-hall h1")]
    .filter((e) => e.textContent.trim()).map((e) => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()]);
  return parts.flatMap(([words, a], n) => parts.slice(n + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
    .map(([other]) => `${words} / ${other}`));
}"""


def expect_nothing_cut(screen: Page) -> None:
    expect_whole(screen)
    with contextlib.suppress(PlaywrightTimeout):  # a page that comes in is laid out in its time
        screen.wait_for_function(f"() => !({SHORTENED})().length", timeout=5_000)
    assert screen.evaluate(SHORTENED) == []
    assert screen.evaluate(LIE_OVER) == []


def prepare_on_a_list(console: Page, question: str) -> str:
    """The address of a vote by dots on the long options, for officer and lead."""
    console.goto("/votes/new/?event=forms-that-ask-less")
    console.get_by_label("Question", exact=True).fill(question)
    console.get_by_label("Other options").fill("\n".join(LONG))
    console.get_by_label(re.compile("^Narrow a long list")).check()
    expect(console.get_by_label("How many dots does each person have?")).to_have_value("5")
    expect(console.get_by_label("How many pounds are there to spend?")).to_be_hidden()
    console.get_by_label(re.compile("^Open: ")).check()
    console.get_by_label("A list of people, which you enter on the next page").check()
    press(console, "Prepare the vote")
    console.get_by_label("E-mail addresses").fill("officer@demo.example\nlead@demo.example")
    press(console, "^Save")
    return re.search(r"/votes/\w+/$", console.url).group(0)


def test_the_open_page_of_somebody_turns_into_the_ballot_and_out_of_it_with_the_roll(visit):
    console, phone = visit("facilitator"), visit("county", width=390)
    phone.route_web_socket("**/ws/**", lambda socket: socket.close())
    ballot = prepare_on_a_list(console, "Whom does the roll let in?")
    press(console, "Open the vote")
    phone.goto(ballot)
    expect(phone.locator("main")).to_contain_text("turns into your ballot")

    console.goto(ballot + "roll/")
    console.get_by_label("E-mail address of their account").fill("county@demo.example")
    console.get_by_label(re.compile("^Why were they not")).fill("Came by train")
    press(console, "Add to the roll")
    expect(phone.get_by_role("button", name="Check my vote")).to_be_visible()

    console.goto(ballot + "roll/")
    name = phone.request.get("/account/").text()
    row = console.locator(".lda-row", has_text="added later: Came by train")
    assert row.locator(".lda-row__title").inner_text().strip() in name
    row.get_by_role("link", name=re.compile("^Strike off")).click()
    console.get_by_label("Why?").fill("Wrong person")
    press(console, "^Strike")
    expect(phone.locator("main")).to_contain_text("You were taken off the roll of this vote")


def test_eight_long_options_are_whole_on_the_screen_while_people_vote_and_once_the_result_is_shown(visit):
    console, screen, phone = visit("facilitator"), visit(width=1280), visit("officer", width=390)
    ballot = prepare_on_a_list(console, "Which of these would residents notice first, and why?")
    screen.goto(ballot + "screen/")
    press(console, "Open the vote")

    screen.goto(ballot + "screen/")
    expect(screen.locator(".lda-ring__number")).to_contain_text("0 of 2")
    expect_nothing_cut(screen)

    phone.goto(ballot + "cast/")
    phone.locator(".lda-dots__number").first.fill("2")
    press(phone, "Check my vote")
    press(phone, "Count my vote")
    press(console, "Close the vote")
    press(console, "Look at the result, you alone")
    press(console, "Show the result")
    expect(screen.locator(".lda-hall__lines li")).to_have_count(8)
    expect(screen.locator(".lda-screen__qr")).to_have_count(0)
    expect_nothing_cut(screen)
