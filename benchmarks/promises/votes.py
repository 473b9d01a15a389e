"""What votes promise under a rush: one vote a person, a close that is a clean cut, and a full hall that can vote."""

import random
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.promises.kept import _at_once, _times
from benchmarks.promises.making import Caller, callers, facilitators, vote
from benchmarks.promises.site import Answer, Site, drop_guards
from sealing.models import Mark
from voting.models import Ballot, Receipt, Vote
from voting.outcome.queries import recount

Report = dict[str, Any]
SECRET, OPEN = Ballot.Secrecy.SECRET, Ballot.Secrecy.OPEN
RECEIPT = re.compile(r'lda-receipt">(\w{5})-(\w{5})<')
ALREADY, COUNTED = "It was counted before", "Your vote is counted"


def p6(site: Site, *, voters: int, clients: int, processes: int, seed: int, locked: bool = True) -> Report:
    """Each voter casts in three tabs at once: one vote is counted, and the other two are told that one is already."""
    dice = random.Random(seed)
    people = callers(voters, "p6-")
    ballot = vote("p6", [caller.person for caller in people], secrecy=SECRET)
    (by,) = facilitators(1, "p6-closes")
    options = list(ballot.options.values_list("pk", flat=True))
    if not locked:
        drop_guards()
    site.serve(processes=processes, locked=locked)
    everybody = dice.sample(people, k=voters)
    forms = [[form_for(dice.choice(options)) for _ in range(3)] for _ in everybody]
    # Those of one person stand together, so that they come at once.
    works = [
        partial(casts, site, ballot, caller, form) for caller, own in zip(everybody, forms, strict=True) for form in own
    ]
    answers = _at_once(clients, works)
    told = [[what_was_said(answer) for answer in answers[3 * n : 3 * n + 3]] for n in range(voters)]
    codes = Counter(said for own in told for said in own if len(said) == 10)
    report = {"n": voters, "casts": len(answers), "told_counted": codes.total()}
    report["told_already"] = sum(own.count("already") for own in told)
    report["resent"] = _sent_again(site, ballot, clients, everybody[: voters // 10], forms, told) if locked else {}
    site.ask(f"/votes/{ballot.reference}/close/", by.session, {})
    counted = Counter(Receipt.objects.filter(ballot=ballot).values_list("code", flat=True))
    marks, votes = Mark.objects.filter(round=ballot.sealed).count(), Vote.objects.filter(ballot=ballot).count()
    return report | {
        "marks": marks,
        "votes": votes,
        "codes": counted.total(),
        "lost": (codes - counted).total() + max(voters - votes, 0),
        "duplicate": max(votes - voters, 0),
        "untrue": sum(sorted(map(len, own)) != [7, 7, 10] for own in told) + report["resent"].pop("untrue", 0),
        "5xx": sum(answer.status >= 500 for answer in answers),
        **_times(answers),
    }


def _sent_again(
    site: Site, ballot: Ballot, clients: int, some: list[Caller], forms: list[list[dict]], told: list[list[str]]
) -> Report:
    """The forms of some voters once more: the one that was counted says its receipt again, the others that one was."""
    again = [
        (caller, form, said)
        for caller, *rest in zip(some, forms, told, strict=False)
        for form, said in zip(*rest, strict=True)
    ]
    answers = _at_once(clients, [partial(casts, site, ballot, caller, form) for caller, form, _ in again])
    said = [what_was_said(answer) for answer in answers]
    return {
        "n": len(again),
        "same_receipt": sum(len(now) == 10 and now == before for now, (*_, before) in zip(said, again, strict=True)),
        "untrue": sum(now != before for now, (*_, before) in zip(said, again, strict=True)),
    }


def p7(
    site: Site, *, votes: int, closes: int, rounds: int, clients: int, processes: int, seed: int, locked: bool = True
) -> Report:
    """Votes race the close: whoever was told that their vote is counted is in the count, and nobody else."""
    dice = random.Random(seed)
    people, by = callers(votes, "p7-"), facilitators(4, "p7-closes")
    site.serve(processes=processes, locked=locked)
    report: Report = {"n": votes, "closes": closes, "rounds": []}
    answers: list[Answer] = []
    for number in range(rounds):
        ballot = vote(f"p7-{number}", [caller.person for caller in people], secrecy=OPEN if number % 2 else SECRET)
        options = list(ballot.options.values_list("pk", flat=True))
        works: list[Callable[[], Answer]] = [
            partial(casts, site, ballot, caller, form_for(dice.choice(options)))
            for caller in dice.sample(people, k=votes)
        ]
        for n in range(closes):
            close = partial(site.ask, f"/votes/{ballot.reference}/close/", by[n % len(by)].session, {})
            works.insert(int(len(works) * dice.uniform(0.4, 0.6)), close)
        came = [(work.func == casts, answer) for work, answer in zip(works, _at_once(clients, works), strict=True)]
        cast = [answer for is_cast, answer in came if is_cast]
        report["rounds"].append(_a_clean_cut(ballot, cast) | {"secrecy": str(ballot.secrecy)})
        report.setdefault("closes_5xx", 0)
        report["closes_5xx"] += sum(answer.status >= 500 for is_cast, answer in came if not is_cast)
        answers += cast
    for name in ("acked", "counted", "refused", "lost", "duplicate", "untrue", "counted_wrong"):
        report[name] = sum(each[name] for each in report["rounds"])
    return report | {"5xx": report["closes_5xx"] + sum(a.status >= 500 for a in answers), **_times(answers)}


def _a_clean_cut(ballot: Ballot, answers: list[Answer]) -> Report:
    """What was told against what was counted as the ballot closed."""
    ballot.refresh_from_db()
    said = [what_was_said(answer) for answer in answers]
    acked = Counter(each for each in said if len(each) == 10)
    counted = Counter(ballot.receipts.values_list("code", flat=True))
    result = ballot.result or {"voted": 0}
    on_roll = ballot.roll.filter(voted=True).count()
    return {
        "acked": acked.total(),
        "counted": result["voted"],
        "refused": said.count("closed"),
        "lost": (acked - counted).total(),
        "duplicate": (counted - acked).total(),
        "untrue": sum(len(each) != 10 and each != "closed" for each in said),
        "counted_wrong": sum(n != acked.total() for n in (result["voted"], ballot.votes.count(), on_roll))
        + (ballot.result != recount(ballot)),
    }


def p33(site: Site, *, voters: int, seconds: int, processes: int, seed: int, locked: bool = True) -> Report:
    """A full hall votes within a minute: each opens the ballot, ticks, checks and sends."""
    dice = random.Random(seed)
    people = callers(voters, "p33-")
    ballot = vote("p33", [caller.person for caller in people], secrecy=SECRET)
    options = list(ballot.options.values_list("pk", flat=True))
    site.serve(processes=processes)
    for caller in callers(8, "p33-warm-"):  # so that no process meets its first request in what is measured
        site.ask(f"/votes/{ballot.reference}/", caller.session)
    began = time.monotonic()

    def comes(caller: Caller, at: float) -> list[Answer]:
        time.sleep(max(0.0, began + at - time.monotonic()))
        form = form_for(dice.choice(options))
        page = site.ask(f"/votes/{ballot.reference}/cast/", caller.session)
        check = casts(site, ballot, caller, form | {"step": "check"})
        return [page, check, casts(site, ballot, caller, form)]

    moments = sorted(dice.uniform(0, seconds) for _ in people)
    came = _at_once(voters, [partial(comes, caller, at) for caller, at in zip(people, moments, strict=True)])
    codes = {what_was_said(answers[-1]) for answers in came}
    names = ("ballot", "check", "vote")
    return {
        "n": voters,
        "took_s": round(time.monotonic() - began, 1),
        "lost": voters - sum(len(code) == 10 for code in codes),
        "5xx": sum(answer.status >= 500 for answers in came for answer in answers),
        **{name: _times([answers[n] for answers in came]) for n, name in enumerate(names)},
        "slow": int(_times([answers[-1] for answers in came])["p95_ms"] > 1000),
    }


def form_for(option: int) -> dict[str, str]:
    """What the page to check sends of a vote for one option."""
    return {"step": "count", "options": str(option), "token": secrets.token_hex(16)}


def casts(site: Site, ballot: Ballot, caller: Caller, form: dict[str, str]) -> Answer:
    return site.ask(f"/votes/{ballot.reference}/cast/", caller.session, form)


def what_was_said(answer: Answer) -> str:
    """The receipt that a voter was shown, `already`, `closed`, or else the status."""
    if answer.status == 200 and COUNTED in answer.page:
        found = RECEIPT.search(answer.page)
        return found[1] + found[2] if found else "already" if ALREADY in answer.page else "200"
    return "closed" if answer.status == 409 and "closed" in answer.page else str(answer.status)
