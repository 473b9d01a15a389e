"""The home page, news, and case studies with their three steps of approval."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from io import BytesIO

from django.core.files.images import ImageFile
from django.utils.text import slugify
from wagtail.log_actions import LogContext
from wagtail.models import Page, PageLogEntry

from accounts.models import User
from assets_registry.models import Asset
from core import clock
from councils.models import Membership, Organisation, Service
from portal.demo.bodies import REPORT, council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person
from portal.demo.promises import SLIDES
from portal.demo.scenes import agreements, calls, one_calculator
from portal.models import HomePage, SuggestedSearch
from projects.models import Project
from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage, Picture
from publishing.operations import approve_case_study, submit_case_study
from take_up.models import Benefit

CASE_STUDIES = [
    {
        "title": "What we got wrong about deferred payments",
        "council": "Warwickshire",
        "published": "2016-03-14",
        "happened_on": "2015-12-08",
        "service": 1756,
        "project": "Deferred payment calculator",
        "asset": "Deferred payment calculator",
        "summary": "Few of those who used the calculator went on to sign an agreement. People came to it in numbers, and "
        "the saving we had promised is still to be shown.",
        "problem": "<p>From April 2015 everyone who owns a home may ask to put off paying for care. We expected a call "
        "from each of them, and an hour of a finance officer’s time for every first conversation.</p>",
        "what_we_did": "<p>With four councils and the Department of Health we built one calculator, from a Discovery Day "
        "in May 2014 to a launch in June 2015. Three of the five show it on their care pages, each with its own fees; "
        "Surrey is trying it, and Luton is still looking at it.</p>",
        "who": "Five councils, the Department of Health, one developer",
        "cost": "£85,000 to build and launch, shared by five councils (illustrative)",
        "what_went_wrong": "<p>Between 200 and 300 people a council used it in six months, as many as we had hoped. But only "
        "two a month went on to an agreement where we had counted on six. Most people use the "
        "answer to decide against it, which helps them and saves nothing we had counted.</p>",
        "what_we_would_do_differently": "<p>Count the calls before building anything: we cannot show how many we save "
        "today. And we would promise fewer calls, rather than more agreements.</p>",
        "reuse": "<p>The calculator is open source. The interest rates are in one file, so a finance officer can change "
        "them without a developer.</p>",
        "measure": "Agreements, per council a month",
        "before": (1, "agreements", None, "2014-12-10"),
        "after": (2, "agreements", 3, "2015-12-08"),
        "figures_note": "After: the average of three councils. The figure before, and the six a month we promised, are from "
        "our launch plan.",
        "source": f"{SLIDES}: visits and agreements; the words and the cost are illustrative",
        "made_up": True,
        "checked_on": "2016-03-14",
        "publisher_says": "All five councils have read it, and the figures are those of the slides.",
        "editor_says": "It says first what did not work. The interest rates were missing under reuse; added.",
    },
    {
        "title": "Calls about missed bins fell by a third in Luton",
        "council": "Luton",
        "published": "2015-07-06",
        "happened_on": "2015-06-30",
        "service": 524,
        "project": "Waste standards and API",
        "asset": "Waste standards and API",
        "summary": "Calls about missed bins went from 410 to 268 a month after crews reported from the cab.",
        "problem": "<p>When a car blocked a lane or a bin held the wrong waste, the crew knew and nobody else did. "
        "Residents rang, and the person who answered rang the depot.</p>",
        "what_we_did": "<p>Crews now tap the reason on a screen in the cab. A minute later it stands on the page where "
        "residents look up their bin day, and in front of whoever answers the phone.</p>",
        "who": "Waste, customer services and the supplier of the cab screens",
        "cost": "£18,000 and 40 officer days",
        "what_went_wrong": "<p>For the first month two rounds reported nothing. They were driven by relief crews, and "
        "nobody had shown them the screen.</p>",
        "what_we_would_do_differently": "<p>Begin with the relief crews: whoever knows a round least needs it most.</p>",
        "reuse": "<p>The list of reasons, the description of the interface and the crews’ screen are in the asset "
        "registry. Our contract clause for the supplier is there too.</p>",
        "measure": "Calls about missed bins a month",
        "before": (410, "calls", 3, "2015-03-31"),
        "after": (268, "calls", 3, "2015-06-30"),
        "figures_note": "The average of three months before and of three months after.",
        "checked_by": "Moira Bell, internal audit",
        "checker_organisation": "Central Bedfordshire",
        "publisher_says": "Checked against the phone system’s monthly report.",
        "editor_says": "The title now says that calls fell, which is what was counted.",
    },
    {
        "title": "Harlow tells residents when bin day changes",
        "council": "Harlow",
        "published": "2015-09-21",
        "happened_on": "2015-09-01",
        "service": 524,
        "project": "Waste standards and API",
        "asset": "Waste standards and API",
        "summary": "After the August bank holiday 212 people called about bin collections; a year earlier it was 655.",
        "problem": "<p>After every bank holiday collections move by a day, and three times as many people as usual rang to "
        "ask when their bins would be emptied.</p>",
        "what_we_did": "<p>The new day now stands on the bin-day page as soon as the contractor sets it, and whoever asked "
        "for it gets a text message on the evening before.</p>",
        "who": "Our web team and the waste contractor",
        "cost": "£6,500",
        "what_went_wrong": "<p>Half of those who asked for text messages gave us a landline, so they heard nothing and "
        "rang us about that as well.</p>",
        "what_we_would_do_differently": "<p>Check the number while it is typed, and send one message at once to try it.</p>",
        "measure": "Calls in the week after the August bank holiday",
        "before": (655, "calls", 1, "2014-09-01"),
        "after": (212, "calls", 1, "2015-09-07"),
        "figures_note": "One week in each year: the one after the holiday.",
        "publisher_says": "The contractor agrees with how we tell it.",
        "editor_says": "Two single weeks are a thin comparison, and the note says so.",
    },
    {
        "title": "Assisted digital in every library",
        "council": "Sunderland",
        "published": "2014-10-13",
        "happened_on": "2014-09-30",
        "service": 437,
        "project": "",
        "asset": "Assisted digital policy",
        "summary": "Library staff help with any council form, in every library, on every day they are open.",
        "problem": "<p>We had moved our forms online. People without a computer, or without the confidence to use one, "
        "came to the civic centre and queued.</p>",
        "what_we_did": "<p>We trained two people in each of our nineteen libraries to sit down with somebody and fill in a "
        "form together, and put up one page that says who is there and when.</p>",
        "who": "Libraries and customer services",
        "cost": "£11,000 for training",
        "what_went_wrong": "<p>For the first six weeks nobody counted, and eight libraries still do not.</p>",
        "what_we_would_do_differently": "<p>Count from the first day, with a pencil if need be.</p>",
        "measure": "People helped with a form",
        "after": (140, "people a month", 11, "2014-09-30"),
        "figures_note": "In the 11 of our 19 libraries that count; there is no figure from before.",
        "publisher_says": "The libraries that do not count yet have been told that it says so.",
        "editor_says": "No figure from before, so no comparison is claimed.",
    },
]

NEWS = [
    (
        "41 events, 1,838 delegates: the campaign’s year",
        "2015-02-16",
        "Local Digital Today 2014 is published. It counts the campaign’s events and names six outcomes.",
        "<p>The Local Digital campaign held 41 events in 2014, and 1,838 delegates came. Six things that councils and "
        "departments are now working on began there: property data against fraud, DVLA data, a calculator for deferred "
        "payments, Caresupermarket.com, standards and an API for waste, and automatic checks of what somebody is entitled to.</p>"
        "<p>The report gives the feedback in percentages and does not say how many people answered. So the hundred "
        "feedback forms on this site are made up to fit, and marked as illustrative.</p>",
        REPORT,
    ),
    (
        "The deferred payment calculator is live",
        "2015-06-01",
        "Three councils show it on their care pages from today.",
        "<p>From today people in Warwickshire, Hampshire and Leeds can work out, before they ring anybody, what it would "
        "cost to put off paying for care and settle it from the sale of their home.</p><p>It is one calculator: each council "
        "has set its own fees. The code is in the asset registry, for any of the 152 councils that arrange care.</p>",
        "",
    ),
    (
        "Luton and Harlow report missed bins the same way",
        "2015-02-17",
        "They have different suppliers. A report of a missed bin now looks the same to both.",
        "<p>Luton’s and Harlow’s bins are emptied by different contractors with different software. Since this month both "
        "take a report of a missed bin in the same form, so a web page that works in one council works in the other.</p>"
        "<p>The list of reasons and the description of the interface are in the asset registry. A council that is about to "
        "change its supplier can ask for them in its contract.</p>",
        "",
    ),
]

# title of the page: function that draws it, description, caption
PICTURES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "What we got wrong about deferred payments": (
        partial(agreements, before=1, after=2, promised=6),
        "One house for each agreement a month: one before the launch, two after it, and the outlines of the six that we "
        "had promised.",
        "Agreements a month in each council: one before, two after, six promised. Drawn for this site.",
    ),
    "Calls about missed bins fell by a third in Luton": (
        partial(calls, before=410, after=268),
        "Two bars: 410 calls a month beside a bin that overflows, and 268 calls a month beside one that has been emptied.",
        "Calls about missed bins a month: 410 before, 268 after. Drawn for this site.",
    ),
    "The deferred payment calculator is live": (
        one_calculator,
        "The same calculator on the screens of three councils, joined to the four linked rings of the Alliance.",
        "One calculator on the pages of three councils. Drawn for this site.",
    ),
}


def build() -> None:
    for row in NEWS:
        _publish_news(*row)
    _take_down_news("Places left on the next Co-Design Day", "2014-06-20", until="2014-07-09")
    for story in CASE_STUDIES:
        take_through_workflow(story)
    _compose_home()


def write_case_study(story: dict, *, by: User) -> CaseStudyPage:
    """Create a draft as a council's contributor saves it in the admin."""
    dates = {field: dt.date.fromisoformat(story[field]) for field in ("happened_on", "checked_on") if story.get(field)}
    figures = {}
    for name in ("before", "after"):
        if name in story:
            value, unit, n, day = story[name]
            figures |= {name: value, f"{name}_unit": unit, f"{name}_n": n}
            figures[f"{name}_on"] = dt.date.fromisoformat(day)
    words = [
        "title",
        "summary",
        "problem",
        "what_we_did",
        "who",
        "cost",
        "what_went_wrong",
        "what_we_would_do_differently",
        "reuse",
        "measure",
        "figures_note",
        "checked_by",
        "source",
    ]
    page = CaseStudyPage(
        council=council(story["council"]),
        picture=_picture(story["title"], council(story["council"])),
        service=Service.objects.filter(lgsl=story["service"]).first(),
        project=Project.objects.filter(title=story["project"]).first(),
        asset=Asset.objects.filter(name=story["asset"]).first(),
        is_illustrative=story.get("made_up", not story.get("source")),
        owner=by,
        live=False,
        **{field: story.get(field, "") for field in words},
        **dates,
        **figures,
        checker_organisation=council(checker) if (checker := story.get("checker_organisation")) else None,
    )
    CaseStudyIndexPage.objects.get().add_child(instance=page)
    page.benefits.set(Benefit.objects.filter(project=page.project, title=page.measure))
    page.save_revision(user=by)
    return page


def take_through_workflow(story: dict) -> None:
    """Submit a case study, approve it as the council's publisher, then as the editor, which publishes it."""
    body, published = council(story["council"]), moment(story["published"])
    writer, publisher = colleague(body), colleague(body, Membership.Role.PUBLISHER)
    with clock.at(published - dt.timedelta(days=14)):
        page = write_case_study(story, by=writer)
        submit_case_study(page, by=writer)
    with clock.at(published - dt.timedelta(days=7)):
        approve_case_study(page, by=publisher, comment=story["publisher_says"])
    with clock.at(published):
        approve_case_study(page, by=person("editor"), comment=story["editor_says"])
    _date_back(page, published)


def _take_down_news(title: str, day: str, *, until: str) -> None:
    """Publish news and take it down again: its address then says when it was taken down."""
    summary = "There are places left on 9 July."
    page = _publish_news(title, day, summary, "<p>Sign up on the event’s page while there are places.</p>", "")
    page.refresh_from_db()
    with clock.at(moment(until)), LogContext(user=person("editor")):
        page.unpublish(user=person("editor"))
    PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish").update(timestamp=moment(until))


def _publish_news(title: str, day: str, summary: str, body: str, source: str) -> NewsPage:
    """Publish news that one editor wrote and another approved."""
    author, editor = person("editor2"), person("editor")
    with clock.at(moment(day)):
        page = write_news(title, dt.date.fromisoformat(day), summary, body, source, by=author)
        NewsPage.objects.filter(pk=page.pk).update(first_published_at=moment(day))
        step = page.get_workflow().start(page, author).current_task_state
        step.task.specific.on_action(step, editor, "approve")
    _date_back(page, moment(day))
    return page


def write_news(title: str, day: dt.date, summary: str, body: str, source: str = "", *, by: User) -> NewsPage:
    """Create a draft of news as an editor saves it in the admin."""
    page = NewsPage(
        title=title,
        published_on=day,
        summary=summary,
        body=body,
        source=source,
        picture=_picture(title),
        is_illustrative=not source,
        owner=by,
        live=False,
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=by)
    return page


def _date_back(page: Page, day: dt.datetime) -> None:
    """Set the times that Wagtail wrote by its own clock to `day`."""
    page.revisions.update(created_at=day)
    Page.objects.filter(pk=page.pk).update(last_published_at=day, latest_revision_created_at=day)
    PageLogEntry.objects.filter(page=page.pk).update(timestamp=day)


def _picture(title: str, body: Organisation | None = None) -> Picture | None:
    """The picture drawn for the page of that title, if there is one."""
    if title not in PICTURES:
        return None
    draw, description, credit = PICTURES[title]
    return Picture.objects.create(
        title=title,
        description=description,
        credit=credit,
        council=body,
        file=ImageFile(BytesIO(draw()), name=f"{slugify(title)[:60]}.png"),
    )


def _compose_home() -> None:
    home = HomePage.objects.get()
    editor = person("editor")
    home.introduction = (
        "Councils raise what they need, design it together, vote on what to build, and share what works, with what it "
        "saved and what it did not."
    )
    project = Project.objects.get(title="Deferred payment calculator")
    story = {
        "heading": "From one need to what it saved",
        "introduction": "The deferred payment calculator, from a Discovery Day in May 2014 to the councils that use it. It "
        "fell short of its promise, and says so.",
        "project": project.get_absolute_url(),
    }
    home.body.insert(0, ("story", story))
    home.suggested_searches = [
        SuggestedSearch(words=words) for words in ("bin collections", "paying for care", "blue badge")
    ]
    home.save_revision(user=editor).publish(user=editor)
    Page.objects.filter(pk=home.pk).update(last_published_at=clock.now())
