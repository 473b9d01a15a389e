"""The organisations beside the councils: the steering board's nine bodies and the departments of the programme.

Source: Local Government Digital Alliance, purpose and terms of reference, July 2013.
"""

from django.utils.text import slugify

from councils.kinds import Kind
from councils.models import Organisation
from projects.models import Purpose

REPORT = "Local Digital Today 2014, DCLG, February 2015"
TERMS = "Alliance terms of reference, July 2013"

# name, kind, side on the board ("" where it has no seat)
BODIES = [
    ("DCLG", "Department for Communities and Local Government", Kind.DEPARTMENT),
    ("Government Digital Service", "Cabinet Office, Government Digital Service", Kind.DEPARTMENT),
    ("LGA", "Local Government Association", Kind.ASSOCIATION),
    ("SOLACE", "Society of Local Authority Chief Executives", Kind.PROFESSIONAL_BODY),
    ("SOCITM", "Society of Information Technology Management", Kind.PROFESSIONAL_BODY),
    ("Local Government Delivery Council", "Local Government Delivery Council", Kind.ASSOCIATION),
    ("Local CIO Council", "Local Chief Information Officer Council", Kind.ASSOCIATION),
    ("Local Government Contact Council", "Local Government Contact Council", Kind.ASSOCIATION),
    ("LocalGov Digital", "LocalGov Digital", Kind.ASSOCIATION),
]
CENTRAL_SEATS = {"DCLG", "Government Digital Service"}

# The seven departments that handle most central transactions, then those that the outcomes of 2014 name.
DEPARTMENTS = [
    ("HMRC", "HM Revenue & Customs"),
    ("Department for Transport", "Department for Transport"),
    ("DWP", "Department for Work and Pensions"),
    ("Ministry of Justice", "Ministry of Justice"),
    ("BIS", "Department for Business, Innovation and Skills"),
    ("Defra", "Department for Environment, Food and Rural Affairs"),
    ("Home Office", "Home Office"),
    ("Department of Health", "Department of Health"),
    ("Land Registry", "HM Land Registry"),
]

# The seven purposes, in short and as the terms of reference put them.
PURPOSES = [
    (
        "Sector-wide leadership",
        "Creating sector wide leadership and strategic appreciation of the benefits for providing digitally enabled "
        "services",
    ),
    (
        "Input into exemplar services",
        "Joining up and support strong local authority input into relevant Government Digital Strategy exemplar service "
        "transformation programmes",
    ),
    (
        "Digital by default",
        "Promoting Digital by Default so that those customers who are happy to do so interact with their council via "
        "well designed and marketed digital channels",
    ),
    (
        "Transition and assisted digital",
        "Supporting those citizens and businesses who are not currently using digital services to transition to them as "
        "soon as possible; but providing assisted digital access through traditional channels where they remain unable "
        "to do so independently",
    ),
    (
        "Growth, broadband and skills",
        "Maximise the potential of digital, including roll out of super-fast broadband and ensuring high quality "
        "education and training, to support local economic growth",
    ),
    (
        "Collaboration with partners",
        "Enabling collaboration with a range of partners including the private, voluntary and community sectors, to "
        "support the development and implementation of digital solutions",
    ),
    (
        "Sharing good practice",
        "Developing a sector wide approach which fosters the sharing of good practice and learning",
    ),
]


def build() -> None:
    """Create the organisations. Like councils they are reference rows, which no operation makes."""
    for name, official_name, *kind in [*BODIES, *DEPARTMENTS]:
        Organisation.objects.get_or_create(
            slug=slugify(name),
            defaults={
                "name": name,
                "official_name": official_name,
                "kind": kind[0] if kind else Kind.DEPARTMENT,
            },
        )
    for order, (name, wording) in enumerate(PURPOSES, start=1):
        Purpose.objects.get_or_create(name=name, defaults={"wording": wording, "order": order})


def body(name: str) -> Organisation:
    return Organisation.objects.get(slug=slugify(name))


def council(name: str) -> Organisation:
    """The council with that short name; of several, the one in force today."""
    return Organisation.objects.councils().get(slug=slugify(name))


def purposes(*names: str) -> list[Purpose]:
    found = list(Purpose.objects.filter(name__in=names))
    if len(found) != len(names):
        raise LookupError(f"no such purpose among {names}")
    return found
