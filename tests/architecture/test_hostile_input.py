"""Whatever stands in an address, a query or a form, the answer is a page, never a failure.

Which names a page reads is written down nowhere: it is asked once and overheard. Then each
name gets the hostile values.
"""

import copy
import importlib
import itertools
import pkgutil

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.models import get_page_models

from accounts.models import User
from core.forms import RowField, RowsField
from core.privacy import our_models
from councils.models import Membership
from portal.serving.page_cache import PARAMETERS
from projects.discoveries import views as discoveries
from projects.portfolio import views as portfolio
from tests.architecture.asking import undone
from tests.architecture.routes import FOREIGN, OURS, OURS_WITH_ARGUMENTS, filled_with, nonsense, of_a_record, rule_of

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
# More digits than Python reads as a number.
NINES = "9" * 5000
NO_KEYS = [HUGE, f"-{HUGE}", NINES, "\0", "1\0", "x", "1.5", "\u202eabc", "x" * 5000, "1; drop table", "\ud800"]
# Percent-encoded, as they stand in an address or a body.
NUL = "1%00"
OTHERS = ["-1", "x" * 5000, "%ED%A0%80", "%FF%FE", "%E2%80%AE%D9%A3", "[]", "2014-02-30"]
ACTIONS = {"discoveries": discoveries.ACTIONS, "projects": portfolio.ACTIONS}
STRANGE_NAMES = "page[]=1&page[$ne]=2&year[0]=3&q[a][b]=4&%00=5&__proto__=6&=7&&page&page=1&page=2"
NO_FORMS = {
    "another type": ("[1, {}]", "application/json"),
    "a file cut short": (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    "a file without a boundary": ("x", "multipart/form-data"),
    "too many fields": ("a=1&" * 1001, "application/x-www-form-urlencoded"),
}
PEOPLE = ["ben", "amina", "grace", "root_user"]


@pytest.fixture
def overheard(monkeypatch):
    """The names that pages have asked a query or a body for."""
    names = set()
    for method in ("__getitem__", "__contains__", "get", "getlist"):
        plain = getattr(QueryDict, method)

        def listening(self, name, *args, plain=plain):
            names.add(name)
            return plain(self, name, *args)

        monkeypatch.setattr(QueryDict, method, listening)
    return names


def ask(person, method, address, *body):
    """Whether the view answers at all; nothing it does stays."""
    return undone(person, method, address, *body).status < 400


def hostile_words(names):
    """Four ways to fill the names: all with too many digits, a huge number or a NUL byte, each with something else."""
    names = sorted(names)
    for values in ([NINES], [HUGE], [NUL], OTHERS):
        yield "&".join(f"{name}={value}" for name, value in zip(names, itertools.cycle(values), strict=False))


def whoever_may(rule, *people):
    """The first whom a page lets in; the superuser is of no council, whose pages are for its people."""
    return next((person for person in people if rule(person)), people[0])


def every_address(records):
    """Each of ours with its rule: of a record where there is one, with each action that can be done to it."""
    members = Membership.objects.filter(organisation__slug="harlow").values_list("pk", flat=True)[:1]
    for route, entry in (*OURS, *OURS_WITH_ARGUMENTS):
        first = of_a_record(route, records) or route
        for action in ACTIONS.get(first.partition("/")[0], [""]) if "<slug:action>" in first else [""]:
            second = first.replace("<slug:action>", action).replace("<int:membership_id>", str(*members))
            yield rule_of(route, entry), nonsense(second)


def forms_of_ours():
    apps = {model._meta.app_config.name for model in our_models()}
    for name in (*apps, "portal", "design_system"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)
    found, waiting = {}, [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.partition(".")[0] in apps and hasattr(form, "base_fields"):
            found[f"{form.__module__}.{form.__qualname__}"] = form
    return found | {f"the editors' form of {page.__name__}": editors_form(page) for page in get_page_models()}


def editors_form(page):
    return page.get_edit_handler().get_form_class()


CHOICES_OF_ROWS = {
    f"{where}.{name}": field
    for where, form in sorted(forms_of_ours().items())
    for name, field in form.base_fields.items()
    # Of a single row the admin's own choosers ask for an exact key, which the database never sees.
    if isinstance(field, forms.ModelMultipleChoiceField if "editors" in where else forms.ModelChoiceField)
}


def test_what_is_no_key_is_no_choice_and_said_so():
    assert len(CHOICES_OF_ROWS) > 25
    for name, unbound in CHOICES_OF_ROWS.items():
        assert isinstance(unbound, RowField | RowsField), name
        field = copy.deepcopy(unbound)
        field.queryset = field.queryset.model._default_manager.all()
        for value in NO_KEYS:
            with pytest.raises(ValidationError) as problem:
                field.clean([value] if isinstance(field, RowsField) else value)
            assert problem.value.messages[0].endswith("."), name
            assert len(problem.value.messages[0]) < 200, name


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("text", [HUGE, NINES, "%00", "%FF%FE"])
def test_an_address_with_something_else_for_its_argument_is_answered(text, records, root_user, amina):
    routes = {
        each: whoever_may(rule_of(route, entry), root_user, amina)
        for route, entry in OURS_WITH_ARGUMENTS
        for each in (route, of_a_record(route, records))
        if each
    }

    for route, person in routes.items():
        address = filled_with(route, text)
        ask(person, "get", address)
        if text != NINES:  # which fails where it is read, before anybody asks for the method
            ask(person, "post", address)


@pytest.mark.usefixtures("short_pages")
def test_whatever_a_query_says_is_answered(records, root_user, amina, overheard):
    for rule, address in every_address(records):
        person = whoever_may(rule, root_user, amina)
        overheard.clear()
        ask(person, "get", address)
        if names := set(overheard):
            if person == root_user:
                assert names <= PARAMETERS, f"{address} reads what no page for strangers is kept by"
            queries = [*hostile_words(names), STRANGE_NAMES]
            queries += [f"{queries[3]}&format={form}" for form in ("csv", "xlsx") if "format" in names]
            for query in queries:
                ask(person, "get", f"{address}?{query}")


@pytest.mark.usefixtures("short_pages")
def test_pages_that_others_built_answer_too_many_digits(root_user, overheard):
    for route in (route for route, entry in FOREIGN if rule_of(route, entry)(root_user)):
        overheard.clear()
        if ask(root_user, "get", f"/{route}") and overheard:
            ask(root_user, "get", f"/{route}?{next(hostile_words(overheard))}")


def test_a_superuser_is_let_in_wherever_the_holder_of_a_role_is(fatima, boris, sunita, edith, anna, root_user):
    """So no form of theirs is left out where hostile words are sent as a superuser."""
    rules = {rule_of(*each) for each in (*OURS, *OURS_WITH_ARGUMENTS)}
    open_to = {rule for rule in rules if rule(root_user)}

    for holder in (fatima, boris, sunita, edith, anna):
        assert {rule for rule in rules if rule(holder)} <= open_to, holder


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("name", PEOPLE)
def test_whatever_a_form_says_is_answered(name, request, records, overheard):
    """The four ways to fill a form take turns, from person to person; the superuser tries them all.

    The holders of platform roles are left out: a superuser holds every role (`roles_of`) and is let in wherever one of
    them is. Whoever is somebody by their council, which a superuser is not, comes for themselves.
    """
    person = User.objects.get(pk=request.getfixturevalue(name).pk)
    for rule, address in every_address(records):
        overheard.clear()
        if not (rule(person) and ask(person, "post", address) and overheard):
            continue
        bodies = list(hostile_words(overheard))
        for body in bodies if name == "root_user" else [bodies[PEOPLE.index(name) % 4]]:
            ask(person, "post", address, body, "application/x-www-form-urlencoded")


@pytest.mark.parametrize("what", NO_FORMS)
def test_what_is_no_form_is_answered(what, signed_in, amina):
    assert signed_in(amina).post("/needs/new/", *NO_FORMS[what]).status_code < 500
