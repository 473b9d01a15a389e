"""Ten pages and four operations against the last result: none may cost a quarter more.

Only where instructions can be counted: processor time on a busy machine would say nothing.
"""

from collections.abc import Iterator

from django.test import Client

from benchmarks import actions, datasets, pages, results
from benchmarks.measure import least

WANTS = {datasets.SMALL}
MARGIN = 1.25
ROUNDS = 3
PAGES = (
    "home",
    "figures",
    "a need",
    "the flagship project",
    "an asset",
    "a case study",
    "a past event",
    "needs",
    "assets",
    "board",
)
LEAN = "a lean Wagtail page"


def costs() -> Iterator[tuple[str, float]]:
    """What each costs now, by the name of its row; the lean page is what others are compared with."""
    yield LEAN, least({"lean": pages.lean_page(Client())}, rounds=ROUNDS)["lean"]
    for page in pages.pages():
        if page.name in PAGES:
            yield page.name, least(pages.works_of(page, with_large=False), rounds=ROUNDS)[datasets.SMALL]
    people = iter(actions.make_people(100))
    signing = actions.sign_ups(people, actions.make_day("ours"), actions.make_day("bare"))
    voting = actions.votes(people, actions.make_vote("ours"), actions.make_vote("bare"))
    for name, works in (("sign-up", signing), ("vote", voting)):
        for way in ("operation", "post"):
            yield f"{name}, {way}", least({way: works[way]}, rounds=ROUNDS)[way]


def dearer(now: dict[str, float], last: dict) -> list[str]:
    """A sentence for each that costs over a quarter more than in the last result.

    Where that result was taken in processor time, what is compared is how many lean pages each costs.
    """
    before = {row["name"]: row["figure"] for row in last["rows"]}
    measure, scale_now, scale_before = "Mi", 1.0, 1.0
    if last["unit"] != "Mi":
        measure, scale_now, scale_before = "lean pages", now[LEAN], before.get(LEAN, 0)
    found = []
    for name, cost in now.items():
        if scale_before and name in before and cost / scale_now > MARGIN * before[name] / scale_before:
            was, is_now = before[name] / scale_before, cost / scale_now
            found.append(
                f"{name}: {is_now:.1f} {measure}, {is_now / was - 1:.0%} more than {was:.1f} on {last['date']}"
            )
    return found


def judge() -> None:
    """Stop where something has become dearer."""
    last = results.last()
    if last is None:
        print("No result to compare with: `make bench` writes one.")
    elif found := dearer(dict(costs()), last):
        raise SystemExit("Dearer than the last result by over a quarter:\n  " + "\n  ".join(found))
    else:
        print(f"Ten pages and four operations cost no more than a quarter over the result of {last['date']}.")
