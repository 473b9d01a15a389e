"""The page of a need: how many have it and the way to join, where it is, what it is about, how it looks elsewhere."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import AnyUser
from core.figures import Share
from core.panels import panel_context
from core.text import clean_line, first_sentence
from core.words import day_in_words
from projects.needs.forms import MergeForm, WithdrawNeedForm
from projects.needs.models import Need, NeedSupport
from projects.needs.permissions import can_edit_need, can_withdraw_need, councils_to_speak_for
from projects.needs.queries import supports_of
from projects.needs.reach import Reach, not_counted, share_of, why_not_counted
from projects.permissions import can_facilitate

# Of title and beginning together: on a phone the main action still stands on the first screen.
LONGEST_HEAD = 200
FIRST = 5  # so many councils and sayings stand open, the others fold


def need_page(request: HttpRequest, need: Need, **bound: Any) -> HttpResponse:
    """The page of a need; `bound` are forms sent to it that have something wrong."""
    supports = supports_of(need)
    reach = Reach.of(supports)
    share = share_of(need, supports)
    # Kept on the need, so that the panels of upper apps do not ask for them again.
    prototypes = need.prototypes.model.objects.select_related("project")
    prefetch_related_objects([need], Prefetch("prototypes", prototypes))
    context = {
        "need": need,
        "is_open": need.state == Need.State.OPEN,
        "facts": _facts(need),
        "prototypes": need.prototypes.all(),
        "bound_form": next(iter(bound.values()), None),
        **_words(need),
        "share": share,
        "reach": reach,
        **_who_has_it(need, supports),
        **_of_the_reader(need, supports, share, request.user),
        **_actions(need, request.user, bound),
        **panel_context(need, request.user),
    }
    return render(request, "projects/need_detail.html", context)


def _facts(need: Need) -> list[tuple[Any, ...]]:
    return [
        ("Raised by", need.council.full_name, need.council.get_absolute_url()),
        ("On", day_in_words(need.raised_at)),
        ("Service", need.service),
        ("Discovery", need.discovery, need.discovery and need.discovery.get_absolute_url()),
    ]


def _words(need: Need) -> dict[str, Any]:
    """What is needed stands under the title where it is short, else its beginning, and the whole further down."""
    lede = first_sentence(need.what, most=LONGEST_HEAD - len(need.title))
    return {"lede": lede, "is_whole": lede == clean_line(need.what)}


def _who_has_it(need: Need, supports: list[NeedSupport]) -> dict[str, Any]:
    """The councils and what they say, the newest saying first; those that do not count say why."""
    for support in supports:
        support.why_not = "" if support.counts else why_not_counted(support.council, need)  # type: ignore[attr-defined]  # counts is annotated, why_not for the page
    said = sorted((each for each in supports if each.words), key=lambda each: each.said_at, reverse=True)
    return {
        "supports": _folded(supports),
        "said": _folded(said),
        "said_count": len(said),
        "joined_count": len(supports),
        "uncounted": sum(not each.counts for each in supports),  # type: ignore[attr-defined]  # annotated
    }


def _folded(rows: list[NeedSupport]) -> tuple[list[NeedSupport], list[NeedSupport]]:
    """Those that stand open, and those that fold; one alone is not worth a fold."""
    first = FIRST if len(rows) > FIRST + 1 else len(rows)
    return rows[:first], rows[first:]


def _of_the_reader(need: Need, supports: list[NeedSupport], share: Share, user: AnyUser) -> dict[str, Any]:
    """For which councils the reader may join, which of theirs are on, and what they may do for those."""
    is_open = need.state == Need.State.OPEN
    mine = councils_to_speak_for(user)
    own = [support for support in supports if support.council in mine]
    on = {support.council_id for support in own}
    could_join = [council for council in mine if council.pk not in on] if is_open else []
    says = [_saying(need, support) for support in own if is_open or support.words]
    say_first = says.pop(0) if is_open and says and not could_join else None
    return {
        "own_supports": own,
        "could_join": could_join,
        "not_counted": not_counted(mine, need, share),
        "say_first": say_first,
        "own_links": [*says, *(_leaving(need, each) for each in own if is_open and each.council_id != need.council_id)],
    }


def _saying(need: Need, support: NeedSupport) -> tuple[str, str]:
    words = f"Change what {support.council} said" if support.words else f"Say how it looks in {support.council}"
    return words, reverse("projects:need_say", args=[need.slug, support.council.slug])


def _leaving(need: Need, support: NeedSupport) -> tuple[str, str]:
    return f"Take {support.council} off", reverse("projects:need_leave", args=[need.slug, support.council.slug])


def _actions(need: Need, user: AnyUser, bound: dict[str, Any]) -> dict[str, Any]:
    """What those who look after the need may do further down."""
    is_open = need.state == Need.State.OPEN
    facilitates = is_open and can_facilitate(user)
    actions = {
        "can_edit": is_open and can_edit_need(user, need),
        # A form that comes back stands there even if the need has closed meanwhile: it holds what was typed.
        "withdraw_form": bound.get("withdraw")
        or (WithdrawNeedForm(prefix="withdraw") if is_open and can_withdraw_need(user, need) else None),
        "merge_form": bound.get("merge") or (MergeForm(user=user, prefix="merge") if facilitates else None),
        "can_gather": facilitates and need.discovery_id is None,
    }
    return {**actions, "looks_after": any(actions.values())}
