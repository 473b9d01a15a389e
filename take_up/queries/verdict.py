"""The one sentence about an asset for a council: “Harlow probably can: 4 yes, 1 to check”."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.text import capfirst

from assets_registry.models import Asset
from assets_registry.queries import AssetCheck, Verdict
from core.words import counted, one_or_many, series
from councils.kinds import many_in_words
from councils.likeness import Likeness
from councils.models import Organisation
from take_up.models import Adoption
from take_up.queries.take_up import BASE_WORDS, TakeUp
from take_up.queries.usable import Surroundings, can_use, surroundings

_COUNTED: dict[Verdict, str] = {"yes": "yes", "check": "to check", "unknown": "not known", "no": "no"}


def _is_no(about: str) -> Callable[[Sequence[AssetCheck]], bool]:
    return lambda lines: any(line.about == about and line.verdict == "no" for line in lines)


def _half_is_not_known(lines: Sequence[AssetCheck]) -> bool:
    return 2 * sum(line.verdict == "unknown" for line in lines) >= len(lines)


# The first rule that holds gives the sentence.
RULES: tuple[tuple[Callable[[Sequence[AssetCheck]], bool], str], ...] = (
    (_is_no("Tier"), "Not meant for {kinds}"),
    (_is_no("Licence"), "{who} may not"),
    (_half_is_not_known, "{who} would have to check"),
    (lambda lines: all(line.verdict == "yes" for line in lines), "{who} can"),
    (lambda lines: True, "{who} probably can"),
)


@dataclass(frozen=True)
class Suitability:
    """The sentence, and the lines it was worked out from."""

    sentence: str
    lines: Sequence[AssetCheck]
    adopters: list[Likeness] = field(
        default_factory=list
    )  # that have something in common with the council, the most alike first
    unlike: str = ""  # where nobody is: why, in words
    is_settled: bool = False  # the council uses it, or has ended: nobody asks whether it can

    @property
    def counts(self) -> list[tuple[Verdict, str]]:
        """How many lines say what: 4 yes, 1 to check, 1 not known. Those that none says are left out."""
        found = Counter(line.verdict for line in self.lines)
        return [(verdict, f"{found[verdict]} {words}") for verdict, words in _COUNTED.items() if found[verdict]]

    @property
    def to_look_at(self) -> list[AssetCheck]:
        return [line for line in self.lines if line.verdict != "yes"]

    @property
    def settled(self) -> list[AssetCheck]:
        return [line for line in self.lines if line.verdict == "yes"]

    @property
    def settled_in_words(self) -> str:
        """5 yes: licence, tier and 3 more."""
        names = [line.about.lower() for line in self.settled]
        named = names if len(names) < 4 else [*names[:2], f"{len(names) - 2} more"]
        return f"{len(names)} yes: {series(named)}"

    @property
    def speaks_against(self) -> bool:
        return any(line.verdict == "no" for line in self.lines)


def answer(
    asset: Asset,
    council: Organisation | None,
    used: TakeUp,
    own: Adoption | None = None,
    around: Surroundings | None = None,
) -> Suitability:
    """The answer for one council, or, without one, for all that the asset is for.

    `own` is the adoption of the reader's own council, which counts even if it does not want to be named. `around` is
    read where it is not given, as it is for several assets together.
    """
    if council and council.has_ended:
        return Suitability(f"{council} has ended", (), is_settled=True)
    around = surroundings(council, [used]) if around is None else around
    lines = can_use(asset, council, used, around)
    named = {adoption.council_id for adoption in used.named if adoption.council != council}
    adopters = [each for key, each in around.likenesses.items() if key in named and each.points]
    unlike = _why_nobody_is_like(council, len(named)) if council and not adopters else ""
    if council and (does := _use_it_makes(council, used, own)):
        return Suitability(f"{council} {does} it", lines, adopters, unlike=unlike, is_settled=True)
    who, kinds = _who(asset, council), many_in_words(council.kind) if council else ""
    return Suitability(sentence(lines, who, kinds), lines, adopters, unlike=unlike)


def _why_nobody_is_like(council: Organisation, others: int) -> str:
    """Why none of so many other councils that use an asset and may be named stands there as one like the council."""
    if not others:
        return "No other council that may be named uses it live."
    it_has = one_or_many(others, "It has nothing", "None of them has anything")
    uses = one_or_many(others, "uses", "use")
    return (
        f"{capfirst(counted(others, 'other council'))} that may be named {uses} it live. {it_has} in common with "
        f"{council} that counts here: the type of council, the region, or a system that both say they run."
    )


def _use_it_makes(council: Organisation, used: TakeUp, own: Adoption | None) -> str:
    if any(adoption.council_id == council.pk for adoption in [*used.named, *used.outside]):
        return "uses"
    if own is None or own.council_id != council.pk or own.confirmed_at is None:
        return ""
    does: dict[str, str] = {Adoption.Status.LIVE: "uses", Adoption.Status.PILOTING: "tries"}
    return does.get(own.status, "")


def sentence(lines: Sequence[AssetCheck], who: str, kinds: str = "") -> str:
    """What the first rule that holds says of `who`, a council of one of these `kinds`."""
    return next(words for holds, words in RULES if holds(lines)).format(who=who, kinds=kinds)


def _who(asset: Asset, council: Organisation | None) -> str:
    return str(council) if council else capfirst(BASE_WORDS[asset.tier])
