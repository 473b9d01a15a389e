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
