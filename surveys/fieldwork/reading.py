"""Whom to invite, as typed or as the lines of a table: organisations matched to the directory, all or nothing."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from core.forms import check_address
from core.sent_tables import lines_of
from core.tables import Table
from core.words import series
from councils.models import Organisation
from surveys.fieldwork.operations import Person

COLUMNS = ("organisation", "email", "name", "title", "role")
NEEDED = COLUMNS[:2]
LONGEST = 120  # characters of a name or a title
LARGEST = 1024 * 1024
MOST_LINES = 5_000
MOST_SHOWN = 20  # faults
MOST_LOOKED_FOR = 2 * MOST_SHOWN  # unknown names for which one like it is looked for
Roles = Mapping[str, str]  # words by key


class Directory:
    """The organisations of the directory by what people call them: name, official name, or address."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.unknown = 0  # names that it did not have
        self._by_name: dict[str, list[Organisation]] = defaultdict(list)
        for each in organisations:
            for name in {each.name.casefold(), each.official_name.casefold(), each.slug, each.full_name.casefold()}:
                self._by_name[name].append(each)

    def named(self, typed: str) -> Organisation:
        """The one organisation that is meant. One that goes on wins over one that has ended.

        Raises ValidationError where there is none, or where several could be meant.
        """
        found = self._by_name.get(typed.casefold(), [])
        found = [each for each in found if not each.has_ended] or found
        if len(found) == 1:
            return found[0]
        if found:
            named = series(sorted(each.slug for each in found), last="or", most=4)
            raise ValidationError(f"Several organisations are called “{typed}”. Write the address of one: {named}.")
        self.unknown += 1
        if self.unknown > MOST_LOOKED_FOR:  # each looks through the whole directory
            raise ValidationError(f"The directory has no organisation “{typed[:60]}”.")
        near = difflib.get_close_matches(typed.casefold(), self._by_name, n=1)
        meant = f" Perhaps {self._by_name[near[0]][0].name} was meant." if near else ""
        raise ValidationError(f"The directory has no organisation “{typed[:60]}”.{meant}")


def whole_directory() -> Directory:
    return Directory(Organisation.objects.all())


def role_named(typed: str, roles: Roles) -> str:
    """The key of a role, from its key or its words; empty for none."""
    for key, words in roles.items():
        if typed.casefold() in (key, words.casefold()):
            return key
    if typed:
        raise ValidationError(f"“{typed[:60]}” is no role of the questionnaire. Roles are {series(roles)}.")
    return ""


def template() -> Table:
    """The empty table."""
    return Table(name="people-to-invite", title="People to invite: one row for each", columns=COLUMNS, rows=())


def read_people(content: bytes, directory: Directory, roles: Roles) -> list[Person]:
    """Everybody in a table as CSV. Raises ValidationError with a sentence for each line that is wrong."""
    lines = list(lines_of(content, columns=COLUMNS, needed=NEEDED, most=MOST_LINES))
    people, faults = [], []
    first: dict[str, int] = {}
    for number, cells in lines:
        try:
            person = _person(cells, directory, roles)
        except ValidationError as problem:
            faults += [f"Line {number}: {sentence}" for sentence in problem.messages]
            continue
        if (line := first.setdefault(person.email, number)) != number:
            faults.append(f"Line {number}: {person.email} stands in line {line} too.")
        people.append(person)
    if faults:
        more = [f"… and {len(faults) - MOST_SHOWN} more."] if len(faults) > MOST_SHOWN else []
        raise ValidationError([*faults[:MOST_SHOWN], *more])
    if not people:
        raise ValidationError("This file names nobody. Write one person a line, below the line of columns.")
    return people


def _person(cells: Mapping[str, str], directory: Directory, roles: Roles) -> Person:
    """Whom a line names. Raises ValidationError with all that is wrong in it."""
    faults = []
    organisation, role = None, ""
    try:
        organisation = directory.named(cells.get("organisation", ""))
    except ValidationError as problem:
        faults += problem.messages
    try:
        check_address(cells.get("email", ""))
    except ValidationError:
        faults.append(f"“{cells.get('email', '')[:60]}” is no e-mail address like name@council.gov.uk.")
    try:
        role = role_named(cells.get("role", ""), roles)
    except ValidationError as problem:
        faults += problem.messages
    long = [name for name in ("name", "title") if len(cells.get(name, "")) > LONGEST]
    faults += [f"Its {name} has more than {LONGEST} characters." for name in long]
    if faults or organisation is None:
        raise ValidationError(faults)
    return Person(organisation, cells["email"].lower(), cells.get("name", ""), cells.get("title", ""), role)
