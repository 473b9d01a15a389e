"""Lines about memberships for a person's week."""

from django.urls import reverse

from accounts.models import User
from accounts.permissions import has_second_factor
from core.inbox import MOST, Action, Item, Reader
from core.words import counted, day_in_words
from councils import leaving
from councils.models import Membership, Organisation, System
from councils.permissions import (
    can_lead,
    memberships_of,
    needs_second_factor,
    organisations_of,
    waiting_members,
    waiting_systems,
)
from councils.queries import suggested_organisations


def second_factor(reader: Reader) -> list[Item]:
    """The line that asks for a second factor, where a role of the reader needs one."""
    if not needs_second_factor(reader.user):
        return []
    note = "You can use your role once you have one: until then what waits for it cannot be decided."
    action = Action("Set it up", reverse("mfa_index"))
    return [Item(None, "Set up a second factor", action.url, note, actions=(action,), comes_first=True)]


def set_up_factor_first() -> Action:
    """The action shown instead of one that needs a second factor, to a person who has none."""
    return Action("Set up a second factor to decide", reverse("mfa_index"), is_second=True)


def own_places(reader: Reader) -> list[Item]:
    """The places to affirm this year, and the organisation that the person's address suggests."""
    return places_of(reader.user)


def places_of(user: User) -> list[Item]:
    """The same lines by user, also for the account page."""
    asked = [_to_affirm(place) for place in memberships_of(user) if place.asked_to_affirm_at]
    return asked + [_suggested(organisation, domain) for organisation, domain in suggested_organisations(user)]


def left_behind_here(reader: Reader) -> list[Item]:
    """What is in the name of people who left, at the organisations that the reader leads; they hand it over."""
    led = [each for each in organisations_of(reader.user, at_least=Membership.Role.LEAD) if can_lead(reader.user, each)]
    numbers = leaving.left_behind(led)
    return [
        Item(
            None,
            f"People who left {each} have {counted(numbers[each.pk], 'thing')} in their name",
            reverse("councils:leavers", args=[each.slug]),
            "Hand it to a colleague: until then nobody is asked about it.",
        )
        for each in led
        if numbers[each.pk]
    ]


def _to_affirm(place: Membership) -> Item:
    organisation = place.organisation
    note = (
        f"We ask once a year. Without an answer by {day_in_words(place.affirm_by, with_year=False)} your place ends, "
        "and you can ask to join again."
    )
    url = reverse("councils:affirm", args=[organisation.slug, place.pk])
    return Item(
        place.asked_to_affirm_at,
        f"Do you still act for {organisation}?",
        organisation.get_absolute_url(),
        note,
        at_note="asked",
        actions=(Action(f"Yes, I still act for {organisation}", url, is_post=True),),
    )


def _suggested(organisation: Organisation, domain: str) -> Item:
    note = (
        f"Your address at {domain} suggests it. Nothing has been asked for yet: if you ask, its lead or the "
        "secretariat confirms you."
    )
    url, asked = reverse("councils:join", args=[organisation.slug]), (("role", Membership.Role.CONTRIBUTOR.value),)
    return Item(
        None,
        f"Do you act for {organisation}?",
        organisation.get_absolute_url(),
        note,
        actions=(Action(f"Ask to join {organisation}", url, is_post=True, fields=asked),),
    )


def members_to_confirm(reader: Reader) -> list[Item]:
    """The lines of people who ask for a place, the longest wait first."""
    waiting = waiting_members(reader.user).select_related("person", "organisation").order_by("created_at", "pk")
    return [member_line(membership) for membership in waiting[:MOST]]


def member_line(membership: Membership) -> Item:
    """A line with who asks, for what, on what ground, since when, and the two answers."""
    organisation = membership.organisation
    role = membership.get_role_display().partition(":")[0].lower()
    ground = f"The address is at {membership.via_domain}, which is {organisation}’s own."
    if not membership.via_domain:
        ground = "The address is not one of the council’s: check who this is."
    here = [organisation.slug, membership.pk]
    asked = ((f"m{membership.pk}-role", membership.role),)
    return Item(
        membership.created_at,
        f"{membership.person} asks to join {organisation} as a {role}",
        row_of(membership),
        f"{membership.person.email}. {ground}",
        at_note="asked",
        actions=(
            Action("Confirm", reverse("councils:confirm", args=here), is_post=True, fields=asked),
            Action("Turn down", reverse("councils:end", args=here), is_post=True, is_second=True),
        ),
        key=_key(membership),
    )


def systems_to_confirm(reader: Reader) -> list[Item]:
    """What councils run as their contributors say, for this lead to confirm, the longest wait first."""
    waiting = waiting_systems(reader.user).select_related("council", "service", "declared_by")
    may_confirm = has_second_factor(reader.user)
    return [_system(system, may_confirm) for system in waiting.order_by("declared_at", "pk")[:MOST]]


def _system(system: System, may_confirm: bool) -> Item:
    here = [system.council.slug, system.pk]
    actions = (
        Action("Confirm", reverse("councils:confirm_system", args=here), is_post=True),
        Action("Remove", reverse("councils:remove_system", args=here), is_post=True, is_second=True),
    )
    return Item(
        system.declared_at,
        f"{system.declared_by} says that {system.council} runs {system.product}",
        f"{reverse('councils:systems', args=[system.council.slug])}#system-{system.pk}",
        f"For {system.purpose}. Everybody sees it once you confirm it.",
        at_note="said",
        actions=actions if may_confirm else (set_up_factor_first(),),
        key=f"system-{system.pk}",
    )


def row_of(membership: Membership) -> str:
    """The address of a membership's row on the members page."""
    return f"{reverse('councils:members', args=[membership.organisation.slug])}#{_key(membership)}"


def _key(membership: Membership) -> str:
    return f"member-{membership.pk}"
