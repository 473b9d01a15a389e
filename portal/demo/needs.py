"""Needs of today: one that many councils share, and some similar ones."""

from assets_registry.models import Asset
from core import clock
from councils.models import Service
from portal.demo.bodies import council
from portal.demo.days import days
from portal.demo.people import colleague, person
from projects.models import Need
from projects.needs.operations import join_need, raise_need, say_how_it_looks
from publishing.operations import answer_need

SCHOOL_PLACES = "Let parents see where they are in the queue for a school place"
PLANNING = "Tell neighbours about planning applications they can read"
POTHOLES = "Report a pothole once, whoever owns the road"
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
        POTHOLES,
        "Drivers and cyclists",
        "To report it once, whether the road belongs to the county, the district or the motorway agency.",
        "", "", 557, "Surrey", ("Kent", "Devon"),
    ),
    (
        SCHOOL_PLACES,
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


def build() -> list[Need]:
    raised = []
    for row in NEEDS:
        # Two of them are projects by now, so they were raised before that.
        with clock.at(days(-170 if row[0] in {PLANNING, POTHOLES} else -40)):
            raised.append(_raise(*row))
    _say_how_it_looks(raised[0])
    return raised


def _raise(title, who_for, what, evidence, cost, lgsl, raised_by, others) -> Need:
    first = council(raised_by)
    need = raise_need(
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
        join_need(need, by=colleague(council(name)), council=council(name))
    return need


def _say_how_it_looks(need: Need) -> None:
    """Add what six councils say of the first need, and what one has done."""
    for name, later, words in SAYINGS:
        with clock.at(days(-40 + later)):
            say_how_it_looks(need, by=colleague(council(name)), council=council(name), words=words)
    with clock.at(days(-12)):
        answer_need(need, Asset.objects.get(name="Prove it once"), by=colleague(council("Leeds")))
