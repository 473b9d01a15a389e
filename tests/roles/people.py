"""Who tries: somebody of each column, and those whose rights sleep."""

from copy import copy

from django.contrib.auth.models import AnonymousUser, Group

from accounts.models import AnyUser, User
from accounts.roles import Role
from councils.models import Membership, Organisation
from portal.who_may import ROLES, Act
from tests.factories.accounts import UserFactory, with_second_factor

State, Rank = Membership.State, Membership.Role
RANKS = {"reader": Rank.READER, "officer": Rank.CONTRIBUTOR, "publisher": Rank.PUBLISHER, "lead": Rank.LEAD}
PLATFORM = {
    "facilitator": Role.FACILITATOR,
    "analyst": Role.ANALYST,
    "board": Role.BOARD,
    "secretariat": Role.SECRETARIAT,
    "editor": Role.EDITOR,
}
NO_FACTOR = " without a second factor"
SHUT_OUT = "shut-out superuser"

# Whose rights sleep: the column that holds for them, and the one that would.
ASLEEP = {
    "candidate": ("account", "lead"),
    "former lead": ("account", "lead"),
    **{f"{role}{NO_FACTOR}": ("account", role) for role in (*PLATFORM, "superuser")},
    f"lead{NO_FACTOR}": ("lead", "lead"),
    SHUT_OUT: ("stranger", "superuser"),
}
OF_A_COUNCIL = [*RANKS, f"lead{NO_FACTOR}", "candidate", "former lead"]
EVERYBODY = [*ROLES, *ASLEEP]

# Who tries on another council's record, on their own council's, and on their own.
WHO_TRIES = {"other": EVERYBODY, "own": OF_A_COUNCIL, "self": [role for role in ROLES if role != "stranger"]}
WHOSE = {"other": "another’s", "own": "their council’s", "self": "their own"}


def tries(row: Act, who: str, relation: str) -> bool:
    """Whether it is worth trying. Somebody whose rights sleep tries what they might do if these did not."""
    if row.is_for_every_account and relation == "own":
        return False
    column, awake = ASLEEP.get(who, (who, who))
    return column == who or (relation in rights_of(row, awake) and row.cells[column] != {"yes"})


def rights_of(row: Act, who: str) -> set[str]:
    """On whose records somebody may do what a row says: `other`, `own` and `self`."""
    column, awake = ASLEEP.get(who, (who, who))
    cells = row.cells[column]
    if who.endswith(NO_FACTOR):
        cells = {cell for cell in cells if "*" not in cell} | (row.cells[awake] & {"sees"})
    cells = {cell.rstrip("*") for cell in cells}
    return {"other", "own", "self"} if cells & {"yes", "sees"} else cells


def make(person: User, who: str, council: Organisation) -> User:
    """`person` with the rights of `who`, and at `council` if those are of a council."""
    role = who.removesuffix(NO_FACTOR)
    if who in OF_A_COUNCIL:
        state = {"candidate": State.CANDIDATE, "former lead": State.ENDED}.get(who, State.CONFIRMED)
        place = {"state": state, "role": RANKS.get(role, Rank.LEAD)}
        Membership.objects.update_or_create(person=person, organisation=council, defaults=place)
    elif role in PLATFORM:
        person.groups.add(Group.objects.get(name=PLATFORM[role]))
    elif role.endswith("superuser"):
        person.is_superuser = person.is_staff = True
        person.is_active = role != SHUT_OUT
        person.save()
    if role == who and who not in {"account", "reader", "officer", "publisher"}:
        with_second_factor(person)
    return person


class Cast:
    """Somebody of each kind; those of a council belong where they were last put."""

    def __init__(self, council: Organisation) -> None:
        made = {who: make(UserFactory(), who, council).pk for who in EVERYBODY if who != "stranger"}
        people = User.objects.in_bulk(made.values())
        self._people: dict[str, AnyUser] = {who: people[key] for who, key in made.items()}
        self._people["stranger"] = AnonymousUser()

    def move_to(self, council: Organisation) -> None:
        Membership.objects.filter(person__in=[each.pk for each in self._people.values()]).update(organisation=council)

    def __getitem__(self, who: str) -> AnyUser:
        """As read from the database, with nothing remembered of their rights."""
        return copy(self._people[who])
