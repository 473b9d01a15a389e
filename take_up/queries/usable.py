"""“Can Harlow use this?”: what speaks for and against, line by line, each with its reason."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, get_args

from django.urls import reverse
from django.utils.text import Truncator, capfirst

from assets_registry import licences, publiccode
from assets_registry.models import Asset
from assets_registry.queries import AssetCheck, Verdict
from assets_registry.repositories import WhereKept
from core.words import counted, day_in_words, one_or_many, series, spelled
from councils.kinds import KINDS_OF_TIER, Kind, Tier, many_in_words
from councils.likeness import DEFAULT, Likeness, Weights, known_beside, like
from councils.models import Organisation, System
from councils.names import product_key
from take_up.models import Adoption
from take_up.queries.take_up import BASE_WORDS, TakeUp

_ORDER = get_args(Verdict)
LEAST_TO_TELL_DAYS = 3  # councils: the span of fewer could tell what one of them said
_SPANS = (0, 3, 6, 11, 21, 61)  # the days at which each span begins
_RUNS_SOMEWHERE = {Asset.Kind.CODE}
_CAN_BE_LEFT = {Asset.Kind.CODE, Asset.Kind.API, Asset.Kind.STANDARD}
_FITS_SYSTEMS = _CAN_BE_LEFT
# Whose service an asset is, where only some tiers provide it.
_SERVICE_OF: dict[str, str] = {
    Tier.LOWER: "A district service",
    Tier.DISTRICT: "A district service",
    Tier.UPPER: "A county service",
    Tier.COUNTY: "A county service",
}


@dataclass(frozen=True)
class PassportLine(AssetCheck):
    """One question with its verdict and reason, and what one can do about it: words and an address."""

    act: str = ""
    url: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What is known of a council beside the asset: what it runs, and how like the adopters are to it."""

    systems: tuple[System, ...] = ()
    likenesses: dict[int, Likeness] = field(default_factory=dict)

    def nearest_first(self, adoptions: Iterable[Adoption]) -> list[Adoption]:
        """The adoptions, those of the councils most like this one first."""
        order = {key: place for place, key in enumerate(self.likenesses)}
        return sorted(adoptions, key=lambda each: order.get(each.council_id, len(order)))

    def is_alike(self, council: Organisation) -> bool:
        found = self.likenesses.get(council.pk)
        return found is not None and found.is_alike


def surroundings(council: Organisation | None, used: Sequence[TakeUp], weights: Weights = DEFAULT) -> Surroundings:
    """What is known of a council and of the adopters in `used`, in one query or two; nothing, and none, without one."""
    if council is None:
        return Surroundings()
    adopters = {each.council_id: each.council for one in used for each in one.named}
    known = known_beside(council, adopters.values())
    found = like(council, adopters.values(), weights, known=known)
    return Surroundings(tuple(known.systems.get(council.pk, ())), {each.council.pk: each for each in found})


def can_use(
    asset: Asset, council: Organisation | None, used: TakeUp, around: Surroundings | None = None
) -> list[PassportLine]:
    """The lines for one council, or for all that an asset is for, what needs a look first.

    Worked out from what the owner, the council and the adopters recorded: what nobody recorded is never a yes.
    `around` is read where it is not given.
    """
    around = surroundings(council, [used]) if around is None else around
    file = asset.publiccode if isinstance(asset.publiccode, dict) else {}
    said = publiccode.fields_of(file)
    lines = [
        _licence(asset),
        _tier(asset, council),
        _phase(asset),
        _other_councils(asset, council, used, around),
        _support(asset, said),
        _effort(council, used, around),
    ]
    if council and asset.kind in _FITS_SYSTEMS:
        lines.append(_systems(asset, council, file, used, around))
    if asset.kind in _RUNS_SOMEWHERE:
        lines += [_hosting(said), _dependencies(file)]
    if asset.kind in _CAN_BE_LEFT:
        lines.append(_leaving(asset))
    return [
        _or_ask_the_owner(line, asset, council) for line in sorted(lines, key=lambda line: _ORDER.index(line.verdict))
    ]


def _or_ask_the_owner(line: PassportLine, asset: Asset, council: Organisation | None) -> PassportLine:
    """The line; where it is no yes and says nothing to do, with the way to ask whoever owns the asset."""
    if line.act or line.verdict == "yes" or council == asset.owner:
        return line
    if asset.owner.has_ended:
        return replace(line, act=f"See what came after {asset.owner}", url=asset.owner.get_absolute_url())
    return replace(line, act=f"Ask {asset.owner}", url=reverse("assets_registry:ask", args=[asset.slug]))


def _licence(asset: Asset) -> PassportLine:
    if not asset.licence:
        return PassportLine("unknown", "Licence", "The owner has not said which. Ask before you build on it.")
    if licences.keeps_all_rights(asset.licence):
        return PassportLine("no", "Licence", f"{asset.licence}: the owner keeps all rights. Ask for a licence first.")
    if licences.is_open(asset.licence):
        return PassportLine("yes", "Licence", f"{asset.licence}: you may use, change and share it on its terms.")
    return PassportLine("check", "Licence", f"{asset.licence} is the owner’s own. Read it first.")


def _tier(asset: Asset, council: Organisation | None) -> PassportLine:
    words = BASE_WORDS[asset.tier]
    if council is None:
        return PassportLine("yes", "Tier", f"Written for {words}.")
    if council.nation != "England":
        return PassportLine("check", "Tier", f"Written for {words} in England; {council} is in {council.nation}.")
    if council.kind in KINDS_OF_TIER[asset.tier]:
        return PassportLine("yes", "Tier", f"Written for {words}; {council} is a {council.kind_in_words}.")
    whose = f"{_SERVICE_OF[asset.tier]}: written" if asset.tier in _SERVICE_OF else "Written"
    return PassportLine(
        "no", "Tier", f"{whose} for {words}; {council} is a {council.kind_in_words}.", *_others_for(council)
    )


def _others_for(council: Organisation) -> tuple[str, str]:
    """The way to the assets that are for councils of this kind."""
    tier = {Kind.COUNTY: Tier.UPPER, Kind.DISTRICT: Tier.LOWER}.get(Kind(council.kind), Tier.ALL)
    address = f"{reverse('assets_registry:list')}?tier={tier.value}"
    return f"See assets for {many_in_words(council.kind)}", address


def _phase(asset: Asset) -> PassportLine:
    match asset.phase:
        case Asset.Phase.RETIRED:
            return PassportLine("no", "Phase", "Retired: its owner no longer works on it.")
        case Asset.Phase.LIVE | Asset.Phase.BETA if asset.owner.has_ended:
            phase, ended = asset.get_phase_display(), _ended(asset.owner)
            return PassportLine("check", "Phase", f"{phase}, as its owner said before it {ended}. Nobody has since.")
        case Asset.Phase.LIVE | Asset.Phase.BETA:
            reason = f"{asset.get_phase_display()}: in use by residents or staff."
            return PassportLine("yes", "Phase", reason, *_way_to_it(asset))
        case _:
            reason = f"{asset.get_phase_display()}: not finished. Offer to try it with the owner."
            return PassportLine("check", "Phase", reason)


def _way_to_it(asset: Asset) -> tuple[str, str]:
    """The way to where it is kept, which says whose site one comes to; nothing where there is none."""
    if not asset.repository_url:
        return "", ""
    kept = WhereKept.of(asset.repository_url)
    see = "Try it" if asset.kind in _RUNS_SOMEWHERE else "See it"
    return f"{see} at {kept.host}" if kept else see, asset.repository_url


def _ended(owner: Organisation) -> str:
    return f"ended on {day_in_words(owner.ends_on)}"


def _other_councils(asset: Asset, council: Organisation | None, used: TakeUp, around: Surroundings) -> PassportLine:
    """Who else uses it live. What the council itself does is told first, and speaks neither for nor against."""
    named = _of_others(council, used.named)
    itself = len(used.named) - len(named)
    said = f"{council} uses it already. " if itself else ""
    if used.all_live == itself:
        first = f" {council} would be the first." if council and council != asset.owner and not itself else ""
        other = "other council" if itself else "council"
        return PassportLine("check", "Other councils", f"{said}No {other} is known to use it live.{first}")
    see = ("See who", f"{asset.get_absolute_url()}#who-uses-it")
    if council is None:
        return PassportLine("yes", "Other councils", f"Used live by {used}.", *see)
    if alike := _alike(council, named, around):
        names = series([str(adoption.council) for adoption in alike[:3]])
        more = f" and {len(alike) - 3} more like {council}" if len(alike) > 3 else ""
        verb = one_or_many(len(alike), "uses", "use")
        return PassportLine("yes", "Other councils", f"{said}{names}{more} {verb} it live.", *see)
    kind = council.kind_in_words
    but = f"but by no {'other ' if itself else ''}{kind} that is named"
    return PassportLine("check", "Other councils", f"{said}Used live by {used}, {but}.", *see)


def _of_others(council: Organisation | None, adoptions: Iterable[Adoption]) -> list[Adoption]:
    """Those of other councils: what a council did is no evidence of what it could do."""
    return [each for each in adoptions if council is None or each.council_id != council.pk]


def _support(asset: Asset, said: dict[str, Any]) -> PassportLine:
    if said.get("maintenance") == "none":
        return PassportLine("check", "Support", "Nobody looks after it at present.")
    if asset.owner.has_ended:
        team = f"{asset.contact} may not be there any more" if asset.contact else "It named no team"
        return PassportLine("check", "Support", f"{asset.owner} {_ended(asset.owner)}. {team}.")
    if asset.contact:
        return PassportLine("yes", "Support", f"Questions go to: {asset.contact}.")
    return PassportLine("unknown", "Support", "No team is named.")


def _effort(council: Organisation | None, used: TakeUp, around: Surroundings) -> PassportLine:
    """How many days it took its adopters, and what another of them had to change, best one like this council.

    It is a yes where both are known, the latter of a council like this one. The median is of all, this council too:
    without its days the two figures together would tell them.
    """
    took = days_taken(used)
    written_down = around.nearest_first(each for each in _of_others(council, used.named) if each.what_we_changed)
    if not written_down:
        other = "other council" if len(used.named) > len(_of_others(council, used.named)) else "council"
        reason = f"{took} No {other} has written down what it had to change."
        return PassportLine("check" if took.is_known else "unknown", "Effort", reason)
    alike = _alike(council, written_down, around) if council else written_down
    best = (alike or written_down)[0]
    words = Truncator(" ".join(best.what_we_changed.split())).words(30)
    reason = f"{took} {best.council.full_name} changed: “{words}”"
    verdict: Verdict = "yes" if alike and took.is_known else "check"
    return PassportLine(verdict, "Effort", reason, *_ask_council(best.council))


@dataclass(frozen=True)
class DaysTaken:
    """How many days of officer time it took to put an asset in place: the median of `n` councils, as a span."""

    n: int
    as_at: dt.date
    span: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.span)

    def __str__(self) -> str:
        if self.is_known:
            day = day_in_words(self.as_at)
            return f"{capfirst(self.span)} of officer time: the median of {counted(self.n, 'council')}, as at {day}."
        if not self.n:
            return "No council has said how many days it took."
        councils = f"{capfirst(spelled(self.n))} {one_or_many(self.n, 'council has', 'councils have')}"
        return f"{councils} said how many days it took, too few to tell."


def days_taken(used: TakeUp) -> DaysTaken:
    """The span of the median of the days that councils in live use gave; not known of fewer than three councils."""
    n, as_at = len(used.days_given), used.until or used.as_at
    if n < LEAST_TO_TELL_DAYS:
        return DaysTaken(n, as_at)
    typical = median(used.days_given)
    low, high = max(day for day in _SPANS if day <= typical), next((day for day in _SPANS if day > typical), None)
    if high is None:
        return DaysTaken(n, as_at, f"{low} days or more")
    return DaysTaken(n, as_at, f"{low} to {high - 1} days" if low else f"fewer than {high} days")


def _ask_council(council: Organisation) -> tuple[str, str]:
    return f"Ask {council}", reverse("councils:ask", args=[council.slug])


def _systems(
    asset: Asset, council: Organisation, file: dict[str, Any], used: TakeUp, around: Surroundings
) -> PassportLine:
    """Whether what the council runs is what the asset needs, or what adopters run beside it."""
    see = (f"See what {council} runs", reverse("councils:systems", args=[council.slug]))
    if not around.systems:
        return PassportLine("unknown", "Systems", f"{council} has not said what it runs.", *see)
    needed = {product_key(name) for names in publiccode.needs_of(file).values() for name in names}
    if fitting := [each for each in around.systems if each.product_key in needed]:
        names = series(dict.fromkeys(each.product for each in fitting))
        return PassportLine("yes", "Systems", f"Needs {names}, which {council} runs.", *see)
    services = list(asset.services.all())
    ours = [each for each in around.systems if not services or each.service in services]
    if not ours:
        return PassportLine("unknown", "Systems", f"{council} has not said what it runs for {_named(services)}.", *see)
    products = {each.product_key: each.product for each in ours}
    same = [each for each in around.nearest_first(used.named) if _runs(each.council, products, around)]
    if same:
        names = series([str(each.council) for each in same[:3]])
        shared = {each.product_key for each in around.likenesses[same[0].council_id].same_systems} & products.keys()
        verb = one_or_many(len(same[:3]), "uses it live and runs", "use it live and run")
        product = series([products[key] for key in sorted(shared)])
        ask = _ask_council(same[0].council)
        return PassportLine("yes", "Systems", f"{names} {verb} {product}, as {council} does.", *ask)
    names = series(products.values())
    reason = f"{council} runs {names}. No council that uses it live has said that it runs the same."
    return PassportLine("check", "Systems", reason)


def _named(services: Sequence[object]) -> str:
    names = [str(each) for each in services]
    return series(names if len(names) < 4 else [*names[:2], f"{len(names) - 2} more services"])


def _runs(council: Organisation, products: dict[str, str], around: Surroundings) -> bool:
    found = around.likenesses.get(council.pk)
    return found is not None and any(each.product_key in products for each in found.same_systems)


def _hosting(said: dict[str, Any]) -> PassportLine:
    if runs_on := said.get("platforms"):
        names = [publiccode.platform_in_words(name) for name in runs_on]
        return PassportLine("yes", "Hosting", f"Runs on: {', '.join(names)}.")
    return PassportLine("unknown", "Hosting", "The owner has not said what it runs on.")


def _dependencies(file: dict[str, Any]) -> PassportLine:
    needs = publiccode.needs_of(file)
    if bought := [*needs["proprietary"], *needs["hardware"]]:
        return PassportLine("check", "Dependencies", f"Needs {series(bought)}, which you may have to buy.")
    if needs["open"]:
        return PassportLine("yes", "Dependencies", f"Needs open parts only: {series(needs['open'])}.")
    return PassportLine("unknown", "Dependencies", "The owner has not said what else it needs.")


def _leaving(asset: Asset) -> PassportLine:
    if asset.leaving:
        return PassportLine("yes", "Leaving it", asset.leaving)
    return PassportLine("unknown", "Leaving it", "Nobody has written down how a council stops using it.")


def _alike(council: Organisation, adoptions: Iterable[Adoption], around: Surroundings) -> list[Adoption]:
    """Those of councils of the same kind, or otherwise like it, the most alike first."""
    near = around.nearest_first(adoptions)
    return [each for each in near if each.council.kind == council.kind or around.is_alike(each.council)]


def own_adoptions(assets: Iterable[Asset], council: Organisation | None) -> dict[int, Adoption]:
    """What one council has said about each of these assets, by the asset's key, in one query."""
    if council is None:
        return {}
    keys = [asset.pk for asset in assets]
    return {each.asset_id: each for each in Adoption.objects.filter(asset__in=keys, council=council)}


def own_adoption(asset: Asset, council: Organisation | None) -> Adoption | None:
    """What one council has said about this asset, confirmed or waiting."""
    return Adoption.objects.filter(asset=asset, council=council).first() if council else None
