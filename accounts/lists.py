"""The secretariat's list of people."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.permissions import visible_people
from accounts.roles import Role
from core.filters import Facet, Words
from core.listing import Line, Listing, Nothing, Sort

_ROLES = Prefetch("groups", Group.objects.filter(name__in=Role.values).order_by("name"), to_attr="platform_roles")


def _with_roles(people: QuerySet[User]) -> QuerySet[User]:
    return people.prefetch_related(_ROLES)


def _roles(person: Any) -> list[str]:
    return [group.name for group in person.platform_roles]


def _lines(people: list[User], user: Any) -> Iterable[Line]:
    for person in people:
        yield Line(
            title=str(person),
            url=reverse("accounts:person", args=[person.pk]),
            facts=(", ".join(_roles(person)) if person.is_active else "Shut", person.email, person.job_title),
        )


def _cells(people: list[User]) -> Iterable[tuple[object, ...]]:
    for person in people:
        is_open = "yes" if person.is_active else "no"
        yield person.name, person.email, person.job_title, "; ".join(_roles(person)), is_open


PEOPLE = Listing(
    name="people",
    title="People",
    is_personal=True,
    noun=("person", "people"),
    rows=lambda user, asked: visible_people(user),
    fields=(
        Words(label="Name or address", columns=("name", "email")),
        Facet(
            name="role",
            label="Platform role",
            path="groups__name",
            choices=[(value, label.partition(":")[0]) for value, label in Role.choices],
            is_many=True,
        ),
    ),
    sorts=(
        Sort("name", "By name", lambda rows: rows.order_by("name", "pk")),
        Sort("newest", "Newest first", lambda rows: rows.order_by("-joined_at", "-pk")),
    ),
    of_a_line=_with_roles,
    lines=_lines,
    columns=("Name", "E-mail", "Job title", "Platform roles", "Open"),
    cells=_cells,
    of_a_file=_with_roles,
    nothing=Nothing("Nobody found", "Try a part of the name or of the address.", "Show everyone", "/people/"),
)
