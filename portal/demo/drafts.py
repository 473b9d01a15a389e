"""Drafts of today: two assets, an adoption, a case study, half an interview, and news for another editor to approve."""

import datetime as dt

from assets_registry import operations as assets
from assets_registry.models import Asset
from core import clock
from councils.kinds import Tier
from councils.models import Service
from portal.demo import screens
from portal.demo.asset_entries import BIN_DAY_TEXTS, WORDS_FOR_POTHOLES
from portal.demo.assets import file_of, publish, unwrapped
from portal.demo.bodies import council
from portal.demo.commitments import WASTE
from portal.demo.days import days
from portal.demo.editorial import write_case_study, write_news
from portal.demo.people import person
from publishing.interview.operations import save_answers, start_interview
from take_up import operations as use
from take_up.models import Adoption


def build() -> None:
    _assets_on_their_way()
    _case_study_draft()
    _interview()
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
            "letter, nine did.",
            "problem": "<p>We write to everybody near a planning application. Hardly anybody looks at the plans: of 200 "
            "households with our usual letter, nine did.</p>",
            "what_we_did": "<p>In two streets we sent a message with a picture of what is to be built and one sentence, and a "
            "letter with the same picture to those without a phone.</p>",
            "who": "Planning and the web team",
            "cost": "£4,000",
            "measure": "Households that looked at the plans",
            "before": (9, "households", 200, _day(-60)),
            "after": (61, "households", 200, _day(-20)),
            "figures_note": "200 households in each of two streets.",
        },
        by=person("officer"),
    )


def _interview() -> None:
    """A case study of which Harlow's officer answered four of ten questions yesterday."""
    officer, harlow = person("officer"), council("Harlow")
    pages = (
        {"title": "Fewer calls about missed bins", "asset": str(Asset.objects.get(name=WASTE).pk)},
        {
            "problem": "Residents rang to say that a bin had been missed. Whoever took the call could not see where the "
            "crew was, and wrote a note to the depot.\n\nEvery third caller rang again the next day."
        },
        {
            "what_we_did": "We put the words of the waste standard into our form, so that one report has the round, the "
            "bin and the reason.\n\nThe crew sees it in the cab the same morning, and the resident gets a text when the "
            "bin is emptied."
        },
        {"who": "The waste crew, the contact centre and our web team"},
    )
    with clock.at(days(-1)):
        begun = start_interview(harlow, by=officer)
    for minutes, typed in enumerate(pages, start=1):
        with clock.at(days(-1) + dt.timedelta(minutes=2 * minutes)):
            save_answers(begun, by=officer, typed=typed)


def _news_to_approve() -> None:
    """News by one editor that waits for another."""
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


def _assets_on_their_way() -> None:
    """Harlow's use of Bristol's clause, for its lead to confirm, and its first asset, for its publisher."""
    harlow = council("Harlow")
    officer = person("officer")
    with clock.at(days(-3)):
        use.declare_adoption(
            Asset.objects.get(name="Open standards clause for waste contracts"),
            by=officer,
            council=harlow,
            status=Adoption.Status.LIVE,
            since=clock.today(),
            what_we_changed="We cut the annex from nine calls to the five that our website uses.",
            is_illustrative=True,
        )
        waiting = assets.register_asset(
            by=officer,
            owner=harlow,
            name="Bin day texts",
            kind=Asset.Kind.CODE,
            summary="Sends a text on the evening before, and another when the day changes.",
            description=unwrapped(BIN_DAY_TEXTS),
            services=list(Service.objects.filter(lgsl=524)),
            tier=Tier.LOWER,
            phase=Asset.Phase.BETA,
            repository_url="https://code.example.org/harlow/bin-day-texts",
            licence="MIT",
            version="0.4",
            contact="Digital team, Harlow",
            leaving="Switch the evening run off. Delete the list of numbers within a month, as we promise on the form.",
            publiccode=file_of(
                ("web", "linux"), {"open": ("Python",), "proprietary": ("an account for text messages",)}
            ),
            picture=screens.bin_texts(),
            picture_alt=screens.BIN_TEXTS,
            is_illustrative=True,
        )
        assets.submit_asset(waiting, by=officer)
        surrey = council("Surrey")
        pothole_words = assets.register_asset(
            by=person("county"),
            owner=surrey,
            name="Words for potholes",
            kind=Asset.Kind.DESIGN_PATTERN,
            summary="How to ask where a pothole is so that a crew can find it.",
            description=unwrapped(WORDS_FOR_POTHOLES),
            services=list(Service.objects.filter(lgsl=557)),
            tier=Tier.UPPER,
            licence="OGL-UK-3.0",
            contact="Highways digital, Surrey",
            is_illustrative=True,
        )
        publish(pothole_words)
