"""Every address is asked for as everybody, against docs/who-may.md: where it says no they are led away, else let in."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy

import pytest
from django.template.backends.django import Template
from django.utils.safestring import SafeString

from accounts.models import AnyUser, User
from accounts.rights import remembered
from audit.models import AuditEvent
from portal.foreign_routes import foreign_rule
from portal.who_may import ROLES, Act, rows
from tests.architecture.asking import Answer, answer_of
from tests.architecture.asking import undone as answer_undone
from tests.architecture.routes import ROUTES
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.roles.people import EVERYBODY, SHUT_OUT, WHO_TRIES, WHOSE, Cast, make, rights_of, tries
from tests.roles.records import Arguments, arguments_of, records_of
from tests.roles.undoing import afresh, undone

TABLE = rows("What addresses they come to")
BUILT_BY_OTHERS = rows("What others built")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
OURS = {ARGUMENT.sub(r"<\1>", f"/{route}") for route, entry in ROUTES if hasattr(entry.callback, "allowed_by")}
# Forms that are asked who may only once they are filled in.
WORDS = {"reason": "It is wrong.", "role": "contributor"}
# A page for every account is drawn for these alone.
SHOWN_TO = {"stranger", "officer", "facilitator", "superuser"}
LET_IN = {200, 301, 302, 422}


def named(row: Act) -> Iterator[tuple[str, str, str]]:
    """Each method and address of a row, and in which case of its record."""
    for name in row.names:
        how, _, case = name.partition(": ")
        *methods, address = how.split(" ")
        for method in methods:
            yield method, address, case


NAMED = [each for row in TABLE for each in named(row)]


def test_every_address_of_ours_stands_in_the_table_once_for_each_method():
    addresses = {address for _, address, _ in NAMED}

    assert OURS - addresses == set(), "These addresses stand in no row."
    assert addresses - OURS == set(), "These rows name no address."
    assert [each for each, times in Counter(NAMED).items() if times > 1] == []
    assert {method for method, _, _ in NAMED} == {"GET", "POST"}


class Pages:
    """Whether the pages that views answer with are drawn, which takes most of the time."""

    are_drawn = True


@pytest.fixture
def pages(short_pages, monkeypatch):
    """Pages that are drawn or not, short in any case."""
    drawing, draw = Pages(), Template.render

    def drawn_or_not(template, context=None, request=None):
        return draw(template, context, request) if drawing.are_drawn else SafeString()

    monkeypatch.setattr(Template, "render", drawn_or_not)
    return drawing


@pytest.mark.sql
@pytest.mark.django_db
@pytest.mark.parametrize("section", dict.fromkeys(row.section for row in TABLE))
def test_an_address_lets_in_whom_the_table_lets_in_and_nobody_else(section, pages):
    """Pages are drawn for each role once, on another's records; else the view alone is asked."""
    elsewhere, council, person = OrganisationFactory(), OrganisationFactory(), UserFactory()
    cast, records = Cast(elsewhere), records_of(council, person)
    of_section = [row for row in TABLE if row.section == section]
    lines = AuditEvent.objects.count()
    offenders = []
    for relation, people in WHO_TRIES.items():
        cast.move_to(council if relation == "own" else elsewhere)
        for who in (who for who in people if who != SHUT_OUT):  # to the site a stranger
            with undone():
                by = make(afresh(person), who, elsewhere) if relation == "self" else cast[who]
                for row in (row for row in of_section if relation in row.relations and tries(row, who, relation)):
                    shows = who in SHOWN_TO if row.is_for_every_account else who in ROLES
                    pages.are_drawn = shows and relation == "other"
                    offenders += differences("GET", row, who, by, relation, records)
                    pages.are_drawn = False
                    offenders += differences("POST", row, who, by, relation, records)
                if AuditEvent.objects.count() != lines:
                    offenders.append(f"Reading as {who} wrote a line of the audit trail.")

    assert not offenders, "\n".join(offenders)


def differences(
    method: str, row: Act, who: str, by: AnyUser, relation: str, records: Mapping[str, Arguments]
) -> Iterator[str]:
    """Each address of a row that answered somebody otherwise than the row says."""
    says = "let in" if relation in rights_of(row, who) else "refused"
    for address, case in [each[1:] for each in named(row) if each[0] == method]:
        done = outcome(ask(one_of(by), method, filled(address, case, records)))
        if done != says:
            which = f"{method} {address}{case and f' ({case})'}"
            yield f"{which} as {who} on {WHOSE[relation]}: {done}, but the table says {says}"


def one_of(by: AnyUser) -> AnyUser:
    """A copy of a person for one request; the copies read their rights once together, until a try changes some."""
    if isinstance(by, User):
        remembered(by, bool)  # makes what the copies share
    return copy(by)


def filled(address: str, case: str, records: Mapping[str, Arguments]) -> str:
    arguments = arguments_of(address, case, records)
    asked = f"?project={arguments['project']}" if "project" in arguments else ""
    return ARGUMENT.sub(lambda each: str(arguments[each[1]]), address) + asked


def ask(by: AnyUser, method: str, address: str) -> Answer:
    """What is posted is undone; reading changes nothing, which is found out if it does."""
    return answer_undone(by, "post", address, WORDS) if method == "POST" else answer_of(by, "get", address)


def outcome(answer: Answer) -> str:
    """Led to sign in and back, or told so where a form was sent; 403; 404 where one may not know of it."""
    is_led_away = not answer.location or answer.location.startswith("/accounts/login/?next=/")
    if answer.status in {403, 404} or (answer.status == 302 and is_led_away):
        return "refused"
    return "let in" if answer.status in LET_IN else f"answered {answer.status}"


@pytest.mark.django_db
@pytest.mark.usefixtures("pages")
def test_what_the_table_does_not_name_is_not_done():
    """A form that nobody is said to send is not taken, or the page answers as if it had been read."""
    council, person = OrganisationFactory(), UserFactory()
    records = records_of(council, person)
    lines = AuditEvent.objects.count()
    superuser = Cast(council)["superuser"]
    unnamed = {(method, address) for address in OURS for method in ("GET", "POST")} - {each[:2] for each in NAMED}
    taken = []
    for method, address in sorted(unnamed):
        answer = answer_of(copy(superuser), method.lower(), place := filled(address, "", records), WORDS)
        if answer.status != 405 and (method == "GET" or answer.status != ask(superuser, "GET", place).status):
            taken.append(f"{method} {address}: {answer.status}")

    assert taken == []
    assert AuditEvent.objects.count() == lines


@pytest.mark.django_db
def test_what_others_built_has_the_rule_that_the_table_says():
    cast = Cast(OrganisationFactory())
    beginnings = {address.rstrip("…"): row for row in BUILT_BY_OTHERS for _, address, _ in named(row)}
    allows, fits, offenders = {}, set(), set()
    for route, entry in ROUTES:
        if hasattr(entry.callback, "allowed_by"):
            continue
        address = f"/{route}".replace("^", "")
        beginning = max((each for each in beginnings if address.startswith(each)), key=len)
        fits.add(beginning)
        rule = foreign_rule(route).rule
        for who in (who for who in EVERYBODY if who != SHUT_OUT):
            if (rule, who) not in allows:
                allows[rule, who] = rule(cast[who])
            if allows[rule, who] != ("other" in rights_of(beginnings[beginning], who)):
                offenders.add(f"{beginning}… as {who}: {'' if allows[rule, who] else 'not '}let in by {address}")

    assert not offenders, "\n".join(sorted(offenders))
    assert beginnings.keys() - fits == set(), "These beginnings fit no address."
