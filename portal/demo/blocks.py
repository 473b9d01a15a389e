"""What blocked projects: the legal gateway of 2014, raised by three of them and removed; and what blocks two of today.

That the DVLA's data waited for a legal gateway is of the report; days, councils and outcome are illustrative.
"""

import datetime as dt
from collections.abc import Iterable

from core import clock
from core.office_days import last_office_day
from portal.demo.bodies import body, council
from portal.demo.people import person
from projects.blocks import operations
from projects.models import Block, Project

# project, day, title, what it stops, who waits; the first tells of all
GATEWAY = (
    (
        "DVLA data sharing", "2014-11-05", "DVLA data sharing legal gateway",
        "No law lets the DVLA tell a council who keeps a car and where. Each council would need an agreement of its own, "
        "and none was signed in four months.",
        ("Camden", "Brighton and Hove", "Leeds", "Surrey", "Westminster"),
    ),
    (
        "Verify, check, deliver", "2014-11-12", "Legal gateway for sharing driver and keeper data",
        "The DVLA may not answer yes or no about the keeper of a car: no law lets it share that with a council.",
        ("Leeds", "Warwickshire", "Sunderland", "Harlow", "Luton", "Wigan"),
    ),
    (
        "Land Registry property data", "2014-11-18", "No legal gateway for sharing DVLA data",
        "Matching owners of property with keepers of cars needs DVLA data, and no legal gateway for sharing it exists.",
        ("Camden", "Bristol", "Kent"),
    ),
)  # fmt: skip
CLEARED = (
    "The Government Digital Service and the DVLA agreed on one gateway for all councils: with the resident’s consent "
    "the answer is a yes or a no, and nothing is kept. The Department for Transport confirmed that it needs no new law."
)


def build_history() -> None:
    """Raise the three blocks, let their clocks pass them up, merge them, ask the body that removed them after 47 days."""
    facilitator, secretary, raised = person("facilitator"), person("secretariat"), []
    for title, day, named, what, councils in GATEWAY:
        with clock.at(dt.datetime.fromisoformat(f"{day} 11:00")):
            block = operations.raise_block(
                Project.objects.get(title=title), by=facilitator, title=named, what=what,
                councils=[council(name) for name in councils], is_illustrative=True,
            )  # fmt: skip
            raised.append(block)
    for day in ("2014-11-19", "2014-12-05"):
        with clock.at(dt.datetime.fromisoformat(f"{day} 06:00")):
            operations.pass_up_what_is_due()
    first, *others = Block.objects.filter(pk__in=[block.pk for block in raised]).order_by("pk")
    with clock.at(dt.datetime(2014, 12, 8, 10)):
        for other in others:
            operations.merge_block(other, into=first, by=secretary)
    with clock.at(dt.datetime(2014, 12, 10, 15)):
        words = "The board asks the Government Digital Service to clear one gateway for all councils."
        first = operations.pass_up(first, by=secretary, words=words, body=body("Government Digital Service"))
    with clock.at(dt.datetime(2014, 12, 22, 12)):
        operations.remove_block(first, by=secretary, outcome=CLEARED)


# project, days before today, title, what it stops, who waits, who can remove it; the first was there at the last meeting
TODAY = (
    (
        "Parking permits that renew themselves", 38, "Councils may not keep a keeper check for a year",
        "Renewing from the record needs last year’s check. The agreement says that it is deleted after 30 days.",
        ("Bristol", "Exeter", "Norwich"), "Department for Transport",
    ),
    (
        "Planning notices people read", 19, "Notices must still be printed in a newspaper",
        "The order of 2015 asks for a printed notice, so a council that publishes online pays twice.",
        ("Harlow", "Bristol"), "DCLG",
    ),
    (
        "Parking permits that renew themselves", 6, "The supplier charges for each question to its interface",
        "Every renewal asks the permit system four times, and each question costs 9p.",
        ("Bristol",), "",
    ),
)  # fmt: skip


def build_before() -> None:
    """Raise the block that the last meeting knew of."""
    _raise(TODAY[:1])


def build_today() -> None:
    """Raise one more that is with the secretariat and one just raised; the first is with the board by now."""
    _raise(TODAY[1:])
    today = clock.today()
    for days in (24, 8, 5, 0):
        with clock.at(dt.datetime.combine(today - dt.timedelta(days=days), dt.time(6))):
            operations.pass_up_what_is_due()


def _raise(blocks: Iterable[tuple]) -> None:
    facilitator, today = person("facilitator"), clock.today()
    for title, days, named, what, councils, remover in blocks:
        with clock.at(dt.datetime.combine(last_office_day(today - dt.timedelta(days=days)), dt.time(11))):
            operations.raise_block(
                Project.objects.get(title=title), by=facilitator, title=named, what=what,
                councils=[council(name) for name in councils],
                who_can_remove=body(remover) if remover else None, is_illustrative=True,
            )  # fmt: skip
