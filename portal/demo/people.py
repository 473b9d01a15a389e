"""The demo people of the README, and the officers behind the delegates of 2014. All names are made up."""

import datetime as dt
import random
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.operations import give_role
from accounts.roles import Role
from core import clock
from councils.models import Membership, Organisation
from councils.operations import ask_to_join, confirm_membership
from portal.demo.bodies import body, council
from portal.demo.told import tell_who_joined

PASSWORD = "local-digital"
SEED = 2014

# address, name, job, organisation, role there, platform role
CAST = [
    ("admin@demo.example", "Ada Superuser", "Portal administrator", None, None, None),
    ("secretariat@demo.example", "Sunita Rao", "Secretary to the board", "DCLG", "publisher", Role.SECRETARIAT),
    ("lead@demo.example", "Grace Holt", "Head of digital", "Harlow", "lead", None),
    ("officer@demo.example", "Amina Shah", "Digital officer", "Harlow", "contributor", None),
    ("county@demo.example", "Carlos Reid", "Service designer", "Surrey", "contributor", None),
    ("publisher@demo.example", "Priya Nair", "Communications manager", "Harlow", "publisher", None),
    ("facilitator@demo.example", "Fatima Khan", "Programme manager", "DCLG", "contributor", Role.FACILITATOR),
    ("facilitator2@demo.example", "Felix Hart", "Service designer", "DCLG", "contributor", Role.FACILITATOR),
    ("board@demo.example", "Boris Lane", "Head of programmes", "LGA", "publisher", Role.BOARD),
    ("board2@demo.example", "Beth Carr", "President", "SOCITM", "publisher", Role.BOARD),
    ("analyst@demo.example", "Anna Webb", "Benefits analyst", "DCLG", "contributor", Role.ANALYST),
    ("editor@demo.example", "Edith Moss", "Alliance editor", "LGA", "publisher", Role.EDITOR),
    ("editor2@demo.example", "Edgar Lowe", "Alliance editor", "LGA", "publisher", Role.EDITOR),
]

DELEGATES = 1212
COUNCILS = 214
FIRST_NAMES = (
    "Aisha Alan Alice Amir Andrew Angela Anita Ben Bethan Brian Carol Cathy Chris Claire Colin Dafydd "
    "Daniel David Deepa Diane Dominic Eleanor Emma Farah Fiona Gareth Gemma George Gillian Hannah Harriet "
    "Helen Iain Imran Irene Jack James Jane Jatinder Jenny Joanna John Julie Karen Keith Kevin Laura Liam "
    "Linda Lucy Maria Mark Martin Mary Matthew Megan Michael Mohammed Nadia Neil Nicola Nigel Olivia Owen "
    "Patricia Paul Peter Philippa Rachel Rajesh Rebecca Robert Ruth Sally Sanjay Sara Simon Sophie "
    "Stephen Steve Susan Tariq Teresa Thomas Tim Tracey Usha Victoria Wendy William Yasmin Yusuf Zoe"
).split()
LAST_NAMES = (
    "Adams Ahmed Allen Bailey Baker Barnes Begum Bell Bennett Brooks Brown Butler Campbell Carter Chapman "
    "Clarke Collins Cook Cooper Cox Davies Dixon Edwards Ellis Evans Fisher Foster Fox Gibson Graham Gray "
    "Green Griffiths Hall Harris Harvey Hill Holmes Hughes Hunt Hussain Jackson James Johnson Jones Kaur "
    "Kelly Khan King Knight Lewis Marshall Martin Mason Matthews Miller Mills Mitchell Moore Morgan "
    "Morris Murphy Murray Owen Palmer Parker Patel Perry Phillips Powell Price Reid Reynolds Richards "
    "Roberts Robinson Rogers Rose Russell Scott Shah Shaw Simpson Singh Smith Stevens Stewart Taylor "
    "Thomas Thompson Turner Walker Ward Watson Webb West White Williams Wilson Wood Wright Young"
).split()


def person(address: str) -> User:
    """The person with that part of the address before @demo.example."""
    return User.objects.get(email=f"{address}@demo.example")


def build() -> None:
    """Create the demo people, then the delegates, whom their secretariat confirms."""
    with clock.at(dt.datetime(2013, 9, 2, 9, 0)):
        _build_cast()
    with clock.at(dt.datetime(2014, 1, 6, 9, 0)):
        _build_delegates()


def _new_person(email: str, name: str, *, password: str = "!", job_title: str = "", **fields: object) -> User:
    """Create an account with a verified address; `password` is a hash, shared since making one takes half a second."""
    user = User.objects.create(
        email=email, name=name, password=password, job_title=job_title, joined_at=clock.now(), **fields
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _build_cast() -> None:
    hashed = make_password(PASSWORD)
    admin = None
    for email, name, job, place, role, platform_role in CAST:
        is_admin = admin is None
        user = _new_person(email, name, password=hashed, job_title=job, is_staff=is_admin, is_superuser=is_admin)
        admin = admin or user
        if place:
            organisation = council(place) if place in {"Harlow", "Surrey"} else body(place)
            membership = ask_to_join(organisation, by=user)
            confirm_membership(membership, by=admin, role=role)
        if platform_role:
            give_role(user, platform_role, by=admin)


def _build_delegates() -> None:
    """Create officers of 214 councils of every kind and a few departments, more for those that took part more."""
    chance = random.Random(SEED)
    secretary = person("secretariat")
    councils = list(Organisation.objects.councils().in_force(dt.date(2014, 12, 31)).order_by("slug"))
    taking_part = sorted(chance.sample(councils, COUNCILS - 2), key=lambda c: c.slug)
    names = {c.slug for c in taking_part}
    taking_part += [c for c in (council("Warwickshire"), council("Luton")) if c.slug not in names]
    departments = [body(name) for name in ("DCLG", "Department of Health", "DWP", "Defra", "Department for Transport")]
    newcomers = []
    for number in range(DELEGATES):
        # Each council once, then at random.
        place = taking_part[number] if number < len(taking_part) else chance.choice(taking_part)
        if number >= len(taking_part) and chance.random() < 0.08:
            place = chance.choice(departments)
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        newcomers.append((f"delegate{number + 1}@delegates.demo.example", name, place))
    tell_who_joined(newcomers, confirmed_by=secretary)
    delegates.cache_clear()  # those of a programme that this process built before


@cache
def delegates() -> list[tuple[User, Organisation]]:
    """The delegates with their organisations, in the order in which they joined."""
    rows = Membership.objects.filter(
        person__email__startswith="delegate", person__email__endswith="@delegates.demo.example"
    ).order_by("pk")
    return [(m.person, m.organisation) for m in rows.select_related("person", "organisation")]


def colleague(place: Organisation, role: str = Membership.Role.CONTRIBUTOR) -> User:
    """A person of that organisation in that role: a delegate for a contributor, if there is one, or a new person."""
    found = Membership.objects.filter(
        organisation=place,
        role=role,
        state=Membership.State.CONFIRMED,
        person__email__endswith="@delegates.demo.example",
    )
    if membership := found.select_related("person").order_by("pk").first():
        return membership.person
    chance = random.Random(f"{SEED}{place.slug}{role}")
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    user = _new_person(f"{role}.{place.slug}@delegates.demo.example", name)
    confirm_membership(ask_to_join(place, by=user), by=person("secretariat"), role=role)
    return user
