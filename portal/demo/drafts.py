"""What is being written today: a case study, and news that another editor is asked to approve."""

import datetime as dt

from core import clock
from portal.demo.editorial import write_case_study, write_news
from portal.demo.people import person


def build() -> None:
    _case_study_draft()
    _news_to_approve()


def _day(away: int) -> str:
    return (clock.today() + dt.timedelta(days=away)).isoformat()


def _case_study_draft() -> None:
    write_case_study(
        {
            "title": "Planning notices people open",
            "council": "Harlow",
            "service": 485,
            "project": "Planning notices people read",
            "asset": "",
            "summary": "Of 200 households that got a notice with a picture, 61 looked at the plans. Of 200 that got our usual "
            "letter, three did.",
            "problem": "<p>We write to everybody near a planning application. Of 200 letters sent, three people looked at the "
            "plans online.</p>",
            "what_we_did": "<p>In two streets we sent a message with a picture of what is to be built and one sentence, and a "
            "letter with the same picture to those without a phone.</p>",
            "who": "Planning and the web team",
            "cost": "£4,000",
            "measure": "Households that looked at the plans",
            "before": (3, "households", 200, _day(-60)),
            "after": (61, "households", 200, _day(-20)),
            "figures_note": "200 households in each of two streets.",
        },
        by=person("officer"),
    )


def _news_to_approve() -> None:
    """Written by one editor, so that another finds it waiting."""
    author = person("editor")
    page = write_news(
        "What sixteen councils want from one proof of identity",
        clock.today(),
        "Harlow asked for it, and sixteen councils have joined since. This is what they have in common.",
        "<p>A resident who moves house proves who they are to six teams of the same council. Of 60 applications that "
        "Harlow looked at, 41 came from people who had sent the same papers within a year.</p><p>The councils that joined "
        "agree on one thing: ask once, and do not keep a copy of the passport. They differ on who should hold the "
        "answer. That is what the Co-Design Day is for.</p>",
        by=author,
    )
    page.get_workflow().start(page, author)
