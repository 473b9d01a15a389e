"""A ballot while it is being prepared: its options, and whether its rules could be applied."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core import clock
from core.errors import Refused
from projects.models import Prototype
from voting.ballots.models import Ballot, Option
from voting.ballots.rules import method_of, rules_of


@dataclass(frozen=True)
class NewOption:
    """An option to put up: of a prototype, or with a title and summary of its own."""

    title: str
    summary: str = ""
    price: int | None = None
    prototype: Prototype | None = None

    @classmethod
    def of(cls, option: Option) -> "NewOption":
        return cls(option.title, option.summary, option.price, option.prototype)


def of_prototypes(prototypes: Iterable[Prototype]) -> list[NewOption]:
    return [NewOption(each.title, each.summary, prototype=each) for each in prototypes]


def as_before(chosen: list[NewOption], before: list[NewOption]) -> list[NewOption]:
    """The options with the prices and in the order that those among them had before; new ones last."""
    known = {new.prototype or new.title: (place, new.price) for place, new in enumerate(before)}
    last = (len(before), None)
    priced = [replace(new, price=known.get(new.prototype or new.title, last)[1]) for new in chosen]
    return sorted(priced, key=lambda new: known.get(new.prototype or new.title, last)[0])


def put_up(ballot: Ballot, chosen: Iterable[NewOption]) -> None:
    """Set the options of a draft, in this order."""
    Option.objects.bulk_create(
        Option(ballot=ballot, title=new.title, summary=new.summary, price=new.price, prototype=new.prototype, order=n)
        for n, new in enumerate(chosen)
    )


def check_draft(ballot: Ballot, chosen: list[NewOption]) -> None:
    """Refuse fewer than two options, two of one title, or rules that cannot be applied; drop limits that are none."""
    if len(chosen) < 2:
        raise Refused("Choose at least two prototypes: a vote is between options.", field="prototypes")
    titles = [new.title.casefold() for new in chosen]
    if len(set(titles)) < len(titles):
        raise Refused("Two options have the same title. Nobody could tell them apart.", field="options")
    if ballot.method != Ballot.Method.BUDGET:
        if ballot.to_pursue >= len(chosen):
            raise Refused("Choose fewer than there are prototypes, or there is nothing to decide.", field="to_pursue")
        ballot.pot = None
    if ballot.method != Ballot.Method.DOTS:
        ballot.most_per_option = None
        if ballot.most_choices is not None and ballot.most_choices >= len(chosen):
            ballot.most_choices = None
    if ballot.closes_at and ballot.closes_at <= clock.now():
        raise Refused("This time has passed. Give one to come, or leave it empty to close by hand.", field="closes_at")
    if ballot.is_by_cards and not ballot.is_secret:
        raise Refused(
            "Voting cards belong to nobody, so an open vote could not name its voters. Make it secret, or choose "
            "others who may vote.",
            field="secrecy",
        )
    if ballot.is_by_cards and ballot.weighs_councils:
        raise Refused(
            "Voting cards belong to no council, so their votes are counted per person. Choose that, or others who may "
            "vote.",
            field="basis",
        )
    if ballot.is_secret:
        ballot.shows_tally = False
    if ballot.method == Ballot.Method.BUDGET:
        if not ballot.pot:
            raise Refused("Say how many pounds there are to spend.", field="pot")
        if ballot.tie_rule == Ballot.TieRule.RUN_OFF:
            raise Refused("What a pot pays for is not settled by a run-off: choose another rule.", field="tie_rule")
        return  # prices may still be missing: they are asked for before it opens
    options = [Option(pk=n, title=new.title, price=new.price) for n, new in enumerate(chosen, start=1)]
    if wrong := method_of(ballot).why_not(rules_of(ballot, options)):
        raise Refused(wrong[0], field="dots" if ballot.method == Ballot.Method.DOTS else None)
