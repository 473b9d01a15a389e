"""What became of the case studies: Luton answered after a year, Harlow did not; Luton checked Harlow's figures, and
Exeter measured the same as Luton.

All of it is illustrative.
"""

import datetime as dt
from decimal import Decimal

from core import clock
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person
from publishing.following_up import answer_check, answer_follow_up, ask_for_check, ask_for_follow_ups
from publishing.models import CaseStudyPage
from take_up.models import Adoption, Benefit
from take_up.operations import check_measurement, claim_benefit, report_measurement

ASKED = ("2016-01-07", "2016-03-22", "2016-07-07", "2016-09-22")  # 6 and 12 months after Luton's and after Harlow's


def build() -> None:
    luton, harlow = (CaseStudyPage.objects.get(council=council(name)) for name in ("Luton", "Harlow"))
    checker = colleague(council("Luton"))
    with clock.at(moment("2015-10-05")):
        check = ask_for_check(harlow, email=checker.email, by=colleague(harlow.council))
    with clock.at(moment("2015-10-12")):
        answer_check(check, is_right=True, by=checker)
    for day in ASKED:
        with clock.at(moment(day)):
            ask_for_follow_ups()
            if day == ASKED[2]:
                asked = answer_follow_up(
                    luton,
                    is_running=True,
                    value=Decimal(271),
                    better=Benefit.Better.LOWER,
                    n=3,
                    measured_on=dt.date(2016, 6, 30),
                    note="Relief crews report as well now.",
                    by=colleague(luton.council),
                )
                assert asked.measurement is not None
                check_measurement(asked.measurement, by=person("analyst"))
    _measured_in_exeter(luton)


def _measured_in_exeter(luton: CaseStudyPage) -> None:
    """What Exeter promised of the same asset in the words of Luton's measure, and had reached half a year later."""
    adoption = Adoption.objects.get(asset=luton.asset, council=council("Exeter"))
    with clock.at(moment("2015-07-06")):
        promised = claim_benefit(
            adoption=adoption,
            title=luton.measure,
            unit=luton.after_unit,
            better=Benefit.Better.LOWER,
            baseline=Decimal(325),
            baseline_on=dt.date(2015, 3, 31),
            claimed=Decimal(230),
            claimed_in="Exeter’s plan for waste",
            claimed_on=clock.today(),
            by=colleague(adoption.council),
            is_illustrative=True,
        )
    with clock.at(moment("2016-01-11")):
        measured = report_measurement(
            promised,
            value=Decimal(226),
            measured_on=dt.date(2015, 12, 31),
            n=6,
            n_words="months",
            by=colleague(adoption.council),
            is_illustrative=True,
        )
        check_measurement(measured, by=person("analyst"))
