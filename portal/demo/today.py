"""A small programme of today, to try everything on. All of it is illustrative and dated from the day it is built.

Afterwards there is: a need that many councils share and others like it, a discovery at each step, an event with places,
a full one with a queue, a vote about to open, a business case to decide, an asset and a case study on their way, an
adoption to confirm, and a project whose update is overdue.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from assets_registry import operations as assets
from assets_registry.models import Adoption, Asset
from core import clock
from councils.models import Service, Tier
from events import operations as events
from events.models import Event, SignUp
from portal.demo import drafts, drawings
from portal.demo.asset_entries import BIN_DAY_TEXTS, WORDS_FOR_POTHOLES
from portal.demo.assets import file_of, publish, unwrapped
from portal.demo.bodies import body, council, purposes
from portal.demo.campaign import FOUR_KINDS
from portal.demo.days import (
    AGILE,
    BLUE_BADGES,
    MOVING_HOUSE,
    PROVING_WHO_YOU_ARE,
    coming,
    how_many,
    of_today,
    under_way,
)
from portal.demo.people import colleague, person
from portal.models import HomePage
from projects import operations as projects
from projects.models import Discovery, Need
from publishing.operations import answer_need
from voting import operations as voting

PLANNING = "Tell neighbours about planning applications they can read"
# title, who for, what, evidence, cost, service, council, other councils
NEEDS = [
    (
        "One place to prove who you are",
        "Residents who apply for more than one thing",
        "To prove who they are once, so that we stop asking for the same three documents.",
        "We looked at 60 applications: 41 people had sent us the same papers within a year.",
        "About £2.24 for every check", None, "Harlow",
        ("Surrey", "Luton", "Camden", "Leeds", "Kent", "Norwich", "Exeter", "Cherwell", "Bristol", "Sunderland",
         "Wigan", "Hampshire", "Essex", "Westminster", "Devon", "Birmingham"),
    ),
    (
        "Check blue badge eligibility without papers",
        "People who apply for a Blue Badge",
        "A yes or a no from those who already know, instead of letters from a doctor.",
        "Half of all applications come back at least once.", "25 minutes of an officer’s time each", 279, "Surrey",
        ("Kent", "Leeds", "Hampshire", "Luton"),
    ),
    (
        PLANNING,
        "People who live near a proposed building",
        "A notice on a phone, in words, with a picture, instead of a letter with a number.",
        "Of 200 letters sent, three people looked at the plans online.", "£1.90 a letter", 485, "Camden",
        ("Harlow", "Bristol", "Exeter"),
    ),
    (
        "Report a pothole once, whoever owns the road",
        "Drivers and cyclists",
        "To report it once, whether the road belongs to the county, the district or the motorway agency.",
        "", "", 557, "Surrey", ("Kent", "Devon"),
    ),
    (
        "Let parents see where they are in the queue for a school place",
        "Parents of children who move in the middle of a year",
        "To see where they stand and what happens next, without ringing.",
        "A third of calls to admissions ask only this.", "£2.83 a call", 13, "Leeds", (),
    ),
    (
        "Book a garden waste collection in two minutes",
        "Residents with gardens",
        "To pay and choose a start date without an account.",
        "Four in ten give up at the account page.", "", 530, "Harlow", ("Cherwell",),
    ),
]  # fmt: skip

# What councils say of the first need, and how many days after it was raised.
SAYINGS = [
    ("Exeter", 1, "Our contact centre spends 40 minutes a day on what to bring."),
    ("Kent", 2, "Blue badge renewals bring the same passport back every three years."),
    ("Luton", 4, "Three teams each keep a copy of the same driving licence."),
    ("Camden", 5, "Tenants show us their papers, and again when they ask for a parking permit."),
    ("Wigan", 9, "Half of those who come to the counter come only to show a paper."),
    ("Norwich", 11, "We throw away nothing, because nobody knows who else has looked at it."),
]

SUMS = {
    "volume": 300_000,
    "unit_cost_now": Decimal("7.40"),
    "saving_per_unit": Decimal("2.60"),
    "take_up": Decimal("30.0"),
    "one_off_cost": Decimal("190000"),
}


def days(number: float) -> dt.datetime:
    """That many days from now."""
    return timezone.localtime(clock.now() + dt.timedelta(days=number))


def build() -> None:
    needs = []
    for row in NEEDS:
        # One of them is a project by now, and had to be raised before that.
        with clock.at(days(-150 if row[0] == PLANNING else -40)):
            needs.append(_raise(*row))
    _say_how_it_looks(needs[0])
    _feature(needs[0])
    _at_step_one()
    _at_step_two(needs[1])
    _full_event()
    _about_to_vote(needs[0])
    _projects_under_way(next(need for need in needs if need.title == PLANNING))
    _assets_on_their_way()
    drafts.build()


def _raise(title, who_for, what, evidence, cost, lgsl, raised_by, others) -> Need:
    first = council(raised_by)
    need = projects.raise_need(
        by=person("officer") if raised_by == "Harlow" else colleague(first),
        council=first,
        title=title,
        who_for=who_for,
        what=what,
        evidence=evidence,
        cost_of_problem=cost,
        service=Service.objects.filter(lgsl=lgsl).first(),
        is_illustrative=True,
    )
    for name in others:
        projects.join_need(need, by=colleague(council(name)), council=council(name))
    return need


def _say_how_it_looks(need: Need) -> None:
    """What six councils say of it, and what one has done."""
    for name, later, words in SAYINGS:
        with clock.at(days(-40 + later)):
            projects.say_how_it_looks(need, by=colleague(council(name)), council=council(name), words=words)
    with clock.at(days(-12)):
        answer_need(need, Asset.objects.get(name="Prove it once"), by=colleague(council("Leeds")))


def _feature(need: Need) -> None:
    home = HomePage.objects.get()
    home.featured_need = need
    home.save_revision(user=person("editor")).publish(user=person("editor"))


def _discovery(title: str, summary: str, department: str, starts_on: dt.date, *needs: Need) -> Discovery:
    facilitator = person("facilitator")
    discovery = projects.start_discovery(
        by=facilitator,
        title=title,
        summary=summary,
        theme=title,
        department=body(department),
        starts_on=starts_on,
        purposes=purposes("Digital by default", "Sharing good practice"),
        is_illustrative=True,
    )
    for need in needs:
        projects.gather_need(discovery, need, by=facilitator)
    return discovery


def _event(
    discovery: Discovery | None,
    title: str,
    kind: str,
    span: tuple[dt.datetime, dt.datetime],
    about: dict[str, Any],
    capacity: int,
) -> Event:
    is_discovery = kind in {Event.Kind.DISCOVERY_DAY, Event.Kind.CO_DESIGN_DAY}
    starts_at, ends_at = span
    return events.publish_event(
        by=person("facilitator"),
        title=title,
        stream=Event.Stream.DISCOVERY if is_discovery else Event.Stream.SKILLS,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        discovery=discovery,
        host=body("DCLG"),
        contact=person("facilitator"),
        is_illustrative=True,
        **about,
    )


def _sign_up(event: Event, who: User, place: str, kind: str = SignUp.Kind.OTHER) -> SignUp:
    organisation = body(place) if place in {"LGA", "SOCITM", "DCLG"} else council(place)
    return events.sign_up(event, by=who, organisation=organisation, kind=kind)


def _step_one(discovery: Discovery) -> None:
    """All three outputs, then the step ends."""
    facilitator = person("facilitator")
    projects.add_priority_issue(discovery, wording="Everybody checks the same thing by themselves", by=facilitator)
    projects.scope_project(
        discovery, title="One shared check", scope="Ask once, with consent, and keep nothing.", by=facilitator
    )
    projects.judge_feasibility(
        discovery,
        verdict=Discovery.Feasibility.CONDITIONAL,
        reason="Feasible where the resident consents.",
        by=facilitator,
    )
    projects.end_step_one(discovery, by=facilitator)


def _at_step_one() -> None:
    span = coming(24)
    with clock.at(days(-20)):
        discovery = _discovery(
            "Moving house, telling everyone once",
            "People who move tell the council, the surgery, the DVLA and the electoral roll, each in its own way.",
            "DWP",
            days(5).date(),
        )
        event = _event(
            discovery,
            "Discovery Day: moving house",
            Event.Kind.DISCOVERY_DAY,
            span,
            of_today(MOVING_HOUSE, "Leeds"),
            40,
        )
        for name in ("Leeds", "Kent", "Wigan", "Bristol", "Exeter"):
            _sign_up(event, colleague(council(name)), name)
        facilitator = person("facilitator")
        projects.add_priority_issue(discovery, wording="A change of address is told nine times", by=facilitator)
        projects.scope_project(
            discovery, title="Tell us once, for a move", scope="One form, many addressees.", by=facilitator
        )


def _at_step_two(need: Need) -> None:
    span = coming(18)
    with clock.at(days(-35)):
        discovery = _discovery(
            "Blue badges without papers",
            "What a doctor, a department and a council each know already, asked for again on paper.",
            "DWP",
            days(-10).date(),
            need,
        )
        _step_one(discovery)
        event = _event(
            discovery,
            "Co-Design Day: blue badges",
            Event.Kind.CO_DESIGN_DAY,
            span,
            of_today(BLUE_BADGES, "Birmingham"),
            24,
        )
    with clock.at(days(-6)):
        for name, kind in zip(("Kent", "Leeds", "Hampshire", "Luton"), FOUR_KINDS, strict=True):
            _sign_up(event, colleague(council(name)), name, kind)


def _full_event() -> None:
    span = coming(16, dt.time(13), dt.time(16))
    with clock.at(days(-15)):
        event = _event(None, "Agile for heads of service", Event.Kind.WORKSHOP, span, of_today(AGILE, "Bristol"), 8)
        _sign_up(event, person("county"), "Surrey")
        for name in ("Kent", "Leeds", "Hampshire", "Luton", "Bristol", "Exeter", "Wigan"):
            _sign_up(event, colleague(council(name)), name)
        # The two who wait, in order.
        for name in ("Devon", "Essex"):
            _sign_up(event, colleague(council(name)), name)


def _about_to_vote(need: Need) -> None:
    facilitator, span = person("facilitator"), under_way()
    with clock.at(days(-30)):
        discovery = _discovery(
            "Proving who you are",
            "Seventeen councils ask for the same papers. What would it take to ask once?",
            "Government Digital Service",
            days(-10).date(),
            need,
        )
        _step_one(discovery)
        event = _event(
            discovery, "Co-Design Day: proving who you are", Event.Kind.CO_DESIGN_DAY, span,
            of_today(PROVING_WHO_YOU_ARE, "London", last_day=how_many(span)), 30,
        )  # fmt: skip
    room = [
        (person("officer"), "Harlow"),
        (person("lead"), "Harlow"),
        (person("county"), "Surrey"),
        (person("board"), "LGA"),
        *(
            (colleague(council(name)), name)
            for name in ("Luton", "Camden", "Leeds", "Kent", "Norwich", "Exeter", "Wigan")
        ),
    ]
    places = []
    with clock.at(days(-10)):
        for number, (who, place) in enumerate(room):
            places.append(_sign_up(event, who, place, FOUR_KINDS[number % 4]))
    for place in places:
        events.check_in(place, by=facilitator)
    made = []
    for title, summary, one_off in (
        ("Ask once", "A consent page that any council form can send people to and get back a yes.", "190000"),
        ("A wallet of proofs", "Residents keep what was checked and show it to the next council.", "420000"),
        ("The counter check", "Library staff look at papers once and say so for every service.", "60000"),
    ):
        prototype = projects.add_prototype(
            discovery, title=title, summary=summary, made_by="Mixed tables", needs=[need], by=facilitator,
            is_illustrative=True,
        )  # fmt: skip
        projects.outline_case(prototype, **{**SUMS, "one_off_cost": Decimal(one_off)}, by=facilitator)
        made.append(prototype)
    events.bring_forth(event, by=facilitator, needs=[need], prototypes=made)
    voting.prepare_ballot(
        event,
        by=facilitator,
        question="Which way of proving who you are should we pursue?",
        prototypes=made,
        is_illustrative=True,
    )


def _projects_under_way(planning: Need) -> None:
    """One with a case for the board to decide, about a need that councils have; one whose update is overdue."""
    facilitator = person("facilitator")
    for title, prototype_title, lead, started, has_case in (
        ("Planning notices people read", "Notices on a phone", "Camden", 90, True),
        ("Potholes, whoever owns the road", "One map of road owners", "Surrey", 120, False),
    ):
        with clock.at(days(-started - 30)):
            needs = [planning] if has_case else []
            discovery = _discovery(
                f"Discovery: {title.lower()}", "Worked on in the spring.", "DCLG", days(-20).date(), *needs
            )
            _step_one(discovery)
            prototype = projects.add_prototype(
                discovery, title=prototype_title, summary=f"A first shape of: {title.lower()}.", made_by=lead,
                needs=needs, by=facilitator, is_illustrative=True,
            )  # fmt: skip
            projects.outline_case(prototype, **SUMS, by=facilitator)
        with clock.at(days(-started)):
            projects.end_step_two(discovery, by=facilitator)
            place = council(lead)
            project = projects.start_project(
                prototype, by=facilitator, lead_council=place, title=title,
                partners=[council("Harlow"), council("Bristol")], purposes=purposes("Digital by default"),
                is_illustrative=True,
            )  # fmt: skip
            projects.post_update(project, line="First sketches tested with residents.", by=facilitator)
        if has_case:
            with clock.at(days(-5)):
                projects.post_update(project, line="Business case ready for the board.", by=facilitator)
                case = projects.draft_case(
                    project, by=facilitator,
                    summary="Fewer letters, more people who look at plans before they are decided.",
                    **SUMS, is_illustrative=True,
                )  # fmt: skip
                projects.submit_case(case, by=facilitator)


def _assets_on_their_way() -> None:
    """Harlow says that it uses Bristol's clause, for its lead to confirm; its own first asset waits for its publisher."""
    harlow = council("Harlow")
    officer = person("officer")
    with clock.at(days(-3)):
        assets.declare_adoption(
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
            services=list(Service.objects.filter(lgsl__in=(530, 533))),
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
            picture=drawings.bin_texts(),
            picture_alt=drawings.BIN_TEXTS,
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
