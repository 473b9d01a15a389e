"""Guidance on each step: how to run the days, hold a vote, write a business case and take up a solution."""

from typing import Any

from wagtail.models import Page

from core import clock
from portal.demo.people import person
from portal.models import ContentPage, HomePage
from projects.models import Project

Blocks = list[tuple[str, Any]]


def _call(heading: str, button: str, address: str) -> tuple[str, Any]:
    return "call", {"heading": heading, "words": "", "button": button, "address": address}


# The last part of the address, the title, the summary, the text, and what stands below it.
STEPS: list[tuple[str, str, str, str, Blocks]] = [
    (
        "discovery-day",
        "How to run a Discovery Day",
        "Step 1: find out in one day which issues councils share, and whether anybody can solve them.",
        "<h2>Before the day</h2><ul><li>Gather the needs that belong together into a discovery: each need tells how many "
        "councils have it.</li><li>Invite two people from each council: one who runs the service and one who knows its "
        "system. The page of the event shows which kinds of council have not signed up yet.</li><li>Ask at sign-up what you "
        "have to know: what people need in the room, and which system they run.</li></ul>"
        "<h2>On the day</h2><ul><li>Let each council say what happens today, with a number: calls a month, days to an "
        "answer.</li><li>Write down the issues, and let people put the ones they share first.</li><li>Ask of each whether "
        "it can be solved by councils, by a supplier or only by a department.</li></ul>"
        "<h2>After the day</h2><ul><li>Record the priority issues and the projects that could solve them on the page of the "
        "discovery.</li><li>Give the verdict: feasible, with the reason. A Co-Design Day cannot be opened without it.</li>"
        "<li>Put slides and decisions on the page of the event, so that those who were not there can join.</li></ul>",
        [_call("Is there a need to begin with?", "See what councils need", "/needs/")],
    ),
    (
        "co-design-day",
        "How to run a Co-Design Day",
        "Step 2: four kinds of people make prototypes in a day, and vote on which to take on.",
        "<h2>Who has to be in the room</h2><p>Without one of the four, the day makes ideas rather than prototypes.</p>",
        [
            (
                "table",
                {
                    "caption": "Four kinds of people",
                    "lines": "Who | What they bring\nPeople who run the service | What happens today, and what it costs\n"
                    "People who use it | What goes wrong for them\nDesigners and developers | A prototype by four o’clock\n"
                    "People who decide on money | What a business case has to show",
                    "source": "",
                },
            ),
            (
                "text",
                "<h2>The day</h2><ol><li>Begin with the priority issues of the Discovery Day, and choose three.</li><li>Make "
                "groups in which all four kinds of people sit, and let each make one prototype.</li><li>Write the first sums "
                "beside each: how many cases a year, what one costs today, what it would cost.</li><li>Show the prototypes, "
                "then open the vote.</li></ol><p>A prototype needs a summary and first sums before it can be voted on: the "
                "portal says which of the two is missing.</p>",
            ),
            _call("When is the next one?", "See the events", "/events/"),
        ],
    ),
    (
        "vote",
        "How to hold a vote",
        "Say before it opens who may vote, how it is counted and what happens with a tie. Nothing of it changes later.",
        "<h2>Before it opens</h2><ul><li>Write the question, and add the prototypes as options.</li><li>Choose who votes: each "
        "person, or one person for each council.</li><li>Choose how it is counted, and what decides a tie.</li><li>Choose "
        "whether it is secret. In a secret vote nobody, not even the Alliance, can tell who voted for what.</li></ul>"
        "<h2>While it is open</h2><ul><li>Put the screen up in the hall: it shows the turnout and never the result.</li>"
        "<li>Whoever has no phone votes on paper. Two people count the slips.</li></ul>"
        "<h2>After it closes</h2><p>It is counted once. You see the result before the hall does, and reveal it when you are "
        "ready. Everybody who voted can look up with their receipt that their vote was counted, and anybody can count again "
        "from the record.</p>",
        [_call("How does that look?", "See the votes", "/votes/")],
    ),
    (
        "business-case",
        "How to write a business case",
        "Say what it costs, what it saves and for whom, so that the steering board can decide on one page.",
        "<h2>Begin with the sums of the day</h2><p>The prototype that won brings its first sums along. Put better numbers in "
        "their place one by one, each with its source.</p><h2>What the board asks</h2><ul><li>How many cases a year there are, "
        "in how many councils, and who counted them.</li><li>What one case costs today, and what it will cost.</li><li>Which "
        "share of cases will really move. People overrate this most.</li><li>What it costs to build, and to run each "
        "year.</li><li>When it has paid for itself if only half of the councils take it up.</li></ul>"
        "<h2>When it is decided</h2><p>The decision stands with its day and number on the page of the project. What you "
        "promised becomes a promise in the ledger, and somebody measures it.</p>",
        [_call("What was decided before?", "Read the board’s decisions", "/board/decisions/")],
    ),
    (
        "take-up",
        "How to take up a solution",
        "Find out in ten minutes whether your council can use what another has built, then say how it goes.",
        "<h2>Can we use it?</h2><p>Each asset has a passport. It says in one sentence whether your council can use it, and line "
        "by line why: what it runs on, what it needs, which licence it has and who looks after it.</p>"
        "<h2>Ask those who use it</h2><p>The page lists the councils that use it. Those most like yours come first, and you can "
        "write to them there.</p><h2>Say how far you are</h2><ul><li>Evaluating, while you look at it.</li><li>Piloting, once "
        "some residents use it.</li><li>Live, once it is how you do it.</li></ul><p>Your council’s lead confirms it, and only "
        "then does it count.</p><h2>Say what came of it</h2><p>Measure before you begin: most councils that cannot show a "
        "saving never counted what it was before. Then write the case study, with what went wrong in it.</p>",
        [_call("What is there to reuse?", "See the assets", "/assets/")],
    ),
]


def build() -> None:
    """Write the section, each page as its editor publishes it, and lead to it from the home page."""
    home = HomePage.objects.get()
    section = _page(
        home,
        "guidance",
        "Guidance",
        "How each of the four steps is done, by those who have done it.",
        [
            (
                "text",
                "<p>A need becomes a discovery, its days make prototypes, a vote chooses one, a project makes its case, and "
                "council after council takes up what came of it. One page for each, to read before you begin.</p>",
            )
        ],
    )
    for slug, title, summary, text, blocks in STEPS:
        _page(section, slug, title, summary, [("text", text), *blocks])
    story = Project.objects.get(title="Deferred payment calculator").get_absolute_url()
    told = {"heading": "One project that went all the way", "introduction": "", "project": story}
    section = ContentPage.objects.get(slug="guidance")
    section.body.append(("story", told))
    _publish(section)
    home = HomePage.objects.get()
    cards = [
        {"title": title, "words": summary, "address": f"/guidance/{slug}/"}
        for slug, title, summary, _, _ in (STEPS[0], STEPS[3], STEPS[4])
    ]
    home.body.append(("cards", {"heading": "How it is done", "cards": cards}))
    _publish(home)


def _page(parent: Page, slug: str, title: str, summary: str, body: Blocks) -> ContentPage:
    page = ContentPage(title=title, slug=slug, summary=summary, body=body, owner=person("editor"))
    parent.add_child(instance=page)
    _publish(page)
    return ContentPage.objects.get(pk=page.pk)


def _publish(page: Page) -> None:
    page.save_revision(user=person("editor")).publish(user=person("editor"))
    Page.objects.filter(pk=page.pk).update(last_published_at=clock.now())
