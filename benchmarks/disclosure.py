"""Attack the printed figures of made-up surveys, and those of a control that hides no figure behind others (P24).

    python -m benchmarks.disclosure --surveys 500

Each has a plan of eight rows, two breakdowns, a respondent like nobody else and a wave before it. Then five times the
whole questionnaire, and how long a wave of 10,000 takes. Writes `benchmarks/results/promises/<day>-p24.json`.

With `--kept FILE` each survey is written there once it is done, and a run that was stopped goes on where it was. A
line holds a digest of the engine and of what makes the surveys: one that another version came to is done anew.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")  # words of counts come from core

from benchmarks import made_surveys
from benchmarks.made_surveys import WITHOUT_MERGING, MadeSurvey, eight_rows, made, whole_questionnaire
from benchmarks.promises.__main__ import made_by, write
from surveys.disclosure import EarlierWave, Pin, attack, compute_release, groups, lines, suppress
from surveys.disclosure.suppressing import MarginInBreakdown
from surveys.disclosure.values import PRINTED, WITHHELD, FrozenRelease, OpenedAnswers, TablePlan


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disclosure", description=__doc__)
    parser.add_argument("--surveys", type=int, default=500)
    parser.add_argument("--whole", type=int, default=5)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=600, help="begin no further survey after so long")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--kept", type=Path, help="a file of what is done, made where there is none")
    chosen = parser.parse_args()
    report: dict[str, Any] = {"promise": "p24", **made_by(), "surveys_asked_for": chosen.surveys}
    began = time.monotonic()
    until = began + 60 * chosen.minutes
    report["large"] = large(chosen.large)
    with ProcessPoolExecutor(chosen.processes) as pool:
        tries = Tries(pool, until, chosen.kept)
        report["whole_questionnaire"] = together(tries.of(of_whole, chosen.whole))
        report["control"] = together(tries.of(of_control, min(50, chosen.surveys)))
        report |= together(tries.of(of_eight, chosen.surveys))
    report["seconds"] = round(time.monotonic() - began)
    write("p24", report)
    found = report["pinned_below_ten"] + report["pinned_others"] + report["attributes"]
    is_kept = not found and report["control"]["pinned_below_ten"]
    print(f"{'Kept' if is_kept else 'Broken'} in {report['surveys']} of {chosen.surveys} surveys.")


class Tries:
    """What each survey came to: of those kept from an earlier run, and of those done now until the time is up."""

    def __init__(self, pool: ProcessPoolExecutor, until: float, kept: Path | None) -> None:
        self.pool = pool
        self.until = until
        self.kept = kept
        self.digest = digest_of_engine()
        lines_kept = kept.read_text().splitlines() if kept and kept.exists() else []
        self.done = {
            (name, seed): found for name, seed, found, *by in map(json.loads, lines_kept) if by == [self.digest]
        }

    def of(self, attempt: Callable[[int], dict[str, int]], times: int) -> Iterator[dict[str, int]]:
        name = attempt.__name__
        yield from (self.done[name, seed] for seed in range(times) if (name, seed) in self.done)
        left = [seed for seed in range(times) if (name, seed) not in self.done]
        for seed, found in zip(
            left, self.pool.map(within, [attempt] * len(left), left, [self.until] * len(left)), strict=True
        ):
            if found and self.kept:
                with self.kept.open("a") as file:
                    file.write(json.dumps([name, seed, found, self.digest]) + "\n")
            yield found


def digest_of_engine() -> str:
    """A digest of the source that a result hangs on: the engine, its attack, and what makes and tries the surveys."""
    sources = [*sorted(Path(groups.__file__).parent.glob("*.py")), Path(made_surveys.__file__), Path(__file__)]
    return sha256(b"\0".join(each.read_bytes() for each in sources)).hexdigest()[:16]


def within(attempt: Callable[[int], dict[str, int]], seed: int, until: float) -> dict[str, int]:
    """What one survey came to, or nothing where the time is up."""
    return attempt(seed) if time.monotonic() < until else {}


def of_eight(seed: int) -> dict[str, int]:
    """One survey with the plan of eight rows, released and attacked."""
    plan = eight_rows()
    survey = survey_of(seed, plan)
    return tried(plan, survey, *released(plan, survey))


def of_whole(seed: int) -> dict[str, int]:
    """One survey with all that the questionnaire can print."""
    plan = whole_questionnaire()
    survey = made(random.Random(f"whole {seed}"), plan, people=(60, 143, 240, 400, 600)[seed % 5])
    return tried(plan, survey, *released(plan, survey))


def of_control(seed: int) -> dict[str, int]:
    """The same survey where only what breaks a rule itself is held back, merged with nothing and hidden by nothing."""
    plan = eight_rows(WITHOUT_MERGING)
    survey = survey_of(seed, plan)
    with only_the_first_rules():
        earlier = EarlierWave(suppress(plan, survey.then), survey.stayed)
        release = suppress(plan, survey.now, earlier=earlier)
    return tried(plan, survey, release, earlier, attacked(release, earlier))


@contextmanager
def only_the_first_rules() -> Iterator[None]:
    """Without what hides a figure that is held back."""
    with (
        mock.patch.object(MarginInBreakdown, "is_hidden", return_value=True),
        mock.patch.object(groups, "_with_enough_others", lambda small, *_: tuple(small)),
    ):
        yield


def survey_of(seed: int, plan: TablePlan) -> MadeSurvey:
    dice = random.Random(f"survey {seed}")
    return made(dice, plan, people=dice.randint(30, 600))


def released(plan: TablePlan, survey: MadeSurvey) -> tuple[FrozenRelease, EarlierWave, list[Pin]]:
    """The release, last wave's, and what an attack on the release finds.

    Where nothing is found in what is suppressed at first, that is the release, and it need not be attacked twice.
    """
    earlier = EarlierWave(suppress(plan, survey.then), survey.stayed)
    release = suppress(plan, survey.now, earlier=earlier)
    if attacked(release, earlier):
        release = compute_release(plan, survey.now, earlier=earlier)
        return release, earlier, attacked(release, earlier)
    return release, earlier, []


def attacked(release: FrozenRelease, earlier: EarlierWave) -> list[Pin]:
    return attack(lines(release), earlier=lines(earlier.release), stayed=earlier.stayed)


def tried(
    plan: TablePlan, survey: MadeSurvey, release: FrozenRelease, earlier: EarlierWave, pins: list[Pin]
) -> dict[str, int]:
    """What was printed of a survey, and what was found of it, sorted by what is true of it."""
    first = suppress(plan, survey.now, earlier=earlier)
    columns = Counter(column.state for column in release.columns if column.breakdown)
    few = [pin for pin in pins if pin.of_whom or answered(survey.now, pin) < 10]
    return {
        "surveys": 1,
        "respondents": len(survey.now),
        "with_people_of_last_wave": bool(survey.stayed),
        "columns_printed": columns[PRINTED],
        "columns_withheld": columns[WITHHELD],
        "breakdowns_gone": len(release.why_no_breakdown),
        "more_withheld_after_the_attack": release != first,
        "surveys_found_out": bool(pins),
        "pinned_below_ten": len(few),
        "pinned_others": len(pins) - len(few),
        "attributes": sum(pin.is_attribute for pin in pins),
    }


def answered(respondents: list[OpenedAnswers], pin: Pin) -> int:
    """How many of the groups in truth gave one of the answers that were found out."""
    return sum(
        each.bands.get(pin.breakdown, "") in pin.groups and each.answers.get(pin.margin) in pin.choices
        for each in respondents
    )


def together(found: Any) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for each in found:
        sums.update({name: int(number) for name, number in each.items()})
    return dict(sums)


def large(people: int) -> dict[str, Any]:
    """How long the release of the whole questionnaire takes with so many people, and its check apart."""
    plan = whole_questionnaire()
    survey = made(random.Random("large"), plan, people=people, alike=0)
    began, worked = time.perf_counter(), time.process_time()
    release = suppress(plan, survey.now)
    computed, worked = time.perf_counter(), time.process_time() - worked
    pins = attack(lines(release))
    return {
        "people": people,
        "margins": len({column.margin for column in release.columns}),
        "compute_seconds": round(computed - began, 1),
        "compute_work_seconds": round(worked, 1),  # of the processor: the clock’s are many more on a busy machine
        "check_seconds": round(time.perf_counter() - computed, 1),
        "found": len(pins),
    }


if __name__ == "__main__":
    main()
