"""What the Alliance and councils published: the home page, news, case studies through their three steps."""

import datetime as dt

from wagtail.models import Page

from assets_registry.models import Asset, Benefit
from core import clock
from councils.models import Membership, Service
from portal.demo.assets import SLIDES
from portal.demo.bodies import REPORT, council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person
from portal.models import HomePage, SuggestedSearch
from projects.models import Project
from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage
from publishing.operations import approve_case_study, submit_case_study

CASE_STUDIES = [
    {
        "title": "What we got wrong about deferred payments",
        "council": "Warwickshire",
        "published": "2016-03-14",
        "happened_on": "2015-12-08",
        "service": 1756,
        "project": "Deferred payment calculator",
        "asset": "Deferred payment calculator",
        "summary": "People came to the calculator in numbers. Few went on to sign an agreement, and the saving we had "
        "promised is still to be shown.",
        "problem": "<p>From April 2015 everyone who owns a home may ask to put off paying for care. We expected a call "
        "from each of them, and an hour of a finance officer’s time for every first conversation.</p>",
        "what_we_did": "<p>With four councils and the Department of Health we built one calculator, from a Discovery Day "
        "in May 2014 to a launch in June 2015. Each council shows it on its own pages.</p>",
        "who": "Five councils, the Department of Health, one developer",
        "cost": "£85,000 to build and launch, shared by five councils (illustrative)",
        "what_went_wrong": "<p>Between 200 and 300 people a council used it in six months, as many as we had hoped. But only "
        "two a month went on to an agreement where we had counted on six. Most people use the "
        "answer to decide against it, which helps them and saves nothing we had counted.</p>",
        "what_we_would_do_differently": "<p>Measure before building: we had no baseline for calls. And we would promise "
        "fewer calls rather than more agreements.</p>",
        "reuse": "<p>The calculator is open source; the interest rates are kept in one file.</p>",
        "measure": "Agreements, per council a month",
        "before": (1, "agreements", None, "2014-12-10"),
        "after": (2, "agreements", 3, "2015-12-08"),
        "figures_note": "n counts councils. The figure before, and the six a month that were promised, are the launch plan’s.",
        "source": f"{SLIDES}: visits and agreements; the words and the cost are illustrative",
        "made_up": True,
        "checked_on": "2016-03-14",
    },
    {
        "title": "Missed bins fell by a third in Luton",
        "council": "Luton",
        "published": "2015-07-06",
        "happened_on": "2015-06-30",
        "service": 530,
        "project": "Waste standards and API",
        "asset": "Waste standards and API",
        "summary": "Calls about missed bins went from 410 to 268 a month after crews reported from the cab.",
        "problem": "<p>Crews knew which bins they could not empty. Residents, the call centre and the website did "
        "not.</p>",
        "what_we_did": "<p>Crews note the reason in the cab; the website shows it within a minute through the waste "
        "interface.</p>",
        "who": "Waste, customer services, one supplier",
        "cost": "£18,000 and 40 officer days",
        "what_went_wrong": "<p>For the first month two rounds reported nothing: nobody had shown the relief crews.</p>",
        "what_we_would_do_differently": "<p>Train relief crews first.</p>",
        "reuse": "<p>The vocabulary, the interface and the form for crews are in the asset registry.</p>",
        "measure": "Calls about missed bins a month",
        "before": (410, "calls", 3, "2015-03-31"),
        "after": (268, "calls", 3, "2015-06-30"),
        "figures_note": "n counts months: the average of three before and of three after.",
        "checked_by": "Moira Bell, internal audit",
        "checker_organisation": "Central Bedfordshire",
    },
    {
        "title": "Harlow tells residents when bin day changes",
        "council": "Harlow",
        "published": "2015-09-21",
        "happened_on": "2015-09-01",
        "service": 533,
        "project": "Waste standards and API",
        "asset": "Missed bin reporter",
        "summary": "After the August bank holiday 212 people called about bin collections; a year earlier it was 655.",
        "problem": "<p>Calls trebled in every week after a bank holiday.</p>",
        "what_we_did": "<p>A line on the bin-day page and a text message on the evening before, both fed by the waste "
        "standard.</p>",
        "who": "Harlow’s web team and its contractor",
        "cost": "£6,500",
        "what_went_wrong": "<p>Nothing broke, but half of those who asked for texts gave a landline.</p>",
        "what_we_would_do_differently": "<p>Check the number as it is typed.</p>",
        "measure": "Calls in the week after the August bank holiday",
        "before": (655, "calls", 1, "2014-09-01"),
        "after": (212, "calls", 1, "2015-09-07"),
        "figures_note": "n counts weeks: the one after the holiday, in each year.",
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
        "problem": "<p>Forms moved online and some people could not follow.</p>",
        "what_we_did": "<p>Nineteen libraries, two trained people in each, one page that says who helps where.</p>",
        "who": "Libraries and customer services",
        "cost": "£11,000 for training",
        "what_went_wrong": "<p>We did not count whom we helped in the first six weeks.</p>",
        "what_we_would_do_differently": "<p>Count from the first day, on paper if need be.</p>",
        "measure": "People helped with a form",
        "after": (140, "people a month", 11, "2014-09-30"),
        "figures_note": "n counts libraries, of 19: about 140 in those that counted.",
    },
]

NEWS = [
    (
        "41 events, 1,838 delegates: the campaign’s year",
        "2015-02-16",
        "Local Digital Today 2014 is published. It counts the campaign’s events and names six outcomes.",
        "<p>The Local Digital campaign held 41 events in 2014, attended by 1,838 delegates. As a result of Discovery and "
        "Co-Design Days six outcomes are being worked on with departments: property data against fraud, DVLA data, a "
        "deferred payments calculator, Caresupermarket.com, standards and an API for waste, and automatic attribute "
        "checking.</p><p>The report prints percentages of those who answered the feedback forms without saying how many "
        "there were. On this site the hundred forms behind them are illustrative, and say so.</p>",
        REPORT,
    ),
    (
        "The deferred payment calculator is live",
        "2015-06-01",
        "Three councils show it on their care pages from today.",
        "<p>Warwickshire, Hampshire and Leeds have put the calculator on their pages. The code is in the asset registry "
        "for any of the 152 councils that arrange care.</p>",
        "",
    ),
    (
        "Luton and Harlow report missed bins the same way",
        "2015-02-17",
        "The first two councils use the waste interface against two different suppliers.",
        "<p>Two councils, two suppliers, one interface. The vocabulary and the description are open to all.</p>",
        "",
    ),
]


def build() -> None:
    for row in NEWS:
        _publish_news(*row)
    _take_down_news("Places left on the next Co-Design Day", "2014-06-20", until="2014-07-09")
    for story in CASE_STUDIES:
        take_through_workflow(story)
    _compose_home()


def write_case_study(story: dict, *, by) -> CaseStudyPage:
    """A draft, as the council's contributor saves it in the admin."""
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
    """Submitted by its writer, approved by the council's publisher, then by the Alliance editor, who publishes it."""
    body, published = council(story["council"]), moment(story["published"])
    writer, publisher = colleague(body), colleague(body, Membership.Role.PUBLISHER)
    with clock.at(published - dt.timedelta(days=14)):
        page = write_case_study(story, by=writer)
        submit_case_study(page, by=writer)
    with clock.at(published - dt.timedelta(days=7)):
        approve_case_study(page, by=publisher, comment="Read and found good.")
    with clock.at(published):
        approve_case_study(page, by=person("editor"), comment="Read and found good.")


def _take_down_news(title: str, day: str, *, until: str) -> None:
    """News whose day has passed: its address says when it went."""
    page = _publish_news(title, day, "Sign up while there are places.", "<p>Sign up while there are places.</p>", "")
    page.refresh_from_db()
    with clock.at(moment(until)):
        page.unpublish(user=person("editor"))


def _publish_news(title: str, day: str, summary: str, body: str, source: str) -> NewsPage:
    """What one editor wrote and another put on the site."""
    author = person("editor2")
    page = NewsPage(
        title=title,
        published_on=dt.date.fromisoformat(day),
        summary=summary,
        body=body,
        source=source,
        is_illustrative=not source,
        owner=author,
        live=False,
        first_published_at=moment(day),
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=author).publish(user=person("editor"))
    return page


def _compose_home() -> None:
    home = HomePage.objects.get()
    editor = person("editor")
    home.introduction = (
        "Councils raise what they need, design it together, vote on what to build, and share what works, with what it "
        "saved and what it did not."
    )
    home.story = Project.objects.get(title="Deferred payment calculator")
    home.story_introduction = (
        "The deferred payment calculator, from a Discovery Day in May 2014 to the councils that use it. It fell short "
        "of its promise, and says so."
    )
    home.suggested_searches = [
        SuggestedSearch(words=words) for words in ("bin collections", "paying for care", "blue badge")
    ]
    home.save_revision(user=editor).publish(user=editor)
    Page.objects.filter(pk=home.pk).update(last_published_at=clock.now())
