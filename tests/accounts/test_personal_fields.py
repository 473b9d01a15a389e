"""A field about the person who types names its purpose; one about another person does not (WCAG 1.3.5)."""

import re

import pytest
from django import forms
from django.urls import get_resolver

from tests.factories.accounts import UserFactory

OURS = {"accounts", "assets_registry", "audit", "councils", "events", "portal", "projects", "publishing"}
OURS |= {"search", "steering", "take_up", "voting"}
TOKENS = {
    "name": "name",
    "email": "email",
    "login": "email",
    "job_title": "organization-title",
    "password": "current-password",
    "oldpassword": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "code": "one-time-code",
}
OF_SOMEBODY_ELSE = set(
    "AskForCheckForm PassOnForm WalkInForm LatecomerForm InviteForm OrganiserForm RepresentativeForm".split()
)
NAMES_OF_THINGS = {"AssetForm", "AddKeyForm", "BundleForm", "KindForm", "NameForm", "PoolForm", "ViewNameForm"}


def forms_of_ours() -> set[type[forms.BaseForm]]:
    get_resolver().url_patterns  # noqa: B018  # every view, and so every form, is imported
    found, next_ones = set(), [forms.BaseForm]
    while next_ones:
        below = next_ones.pop().__subclasses__()
        next_ones += below
        found |= {form for form in below if form.__module__.partition(".")[0] in OURS}
    return found


def test_every_form_tells_the_browser_whose_name_or_address_it_asks_for():
    wrong = []
    for form in forms_of_ours():
        for name, field in getattr(form, "base_fields", {}).items():
            is_personal = name in TOKENS or isinstance(field.widget, forms.EmailInput | forms.PasswordInput)
            if not is_personal or form.__name__ in NAMES_OF_THINGS:
                continue
            wanted = "off" if form.__name__ in OF_SOMEBODY_ELSE else TOKENS[name]
            if field.widget.attrs.get("autocomplete") != wanted:
                wrong.append(f"{form.__module__}.{form.__name__}.{name}")

    assert wrong == []


@pytest.mark.django_db
def test_the_pages_about_signing_in_and_ones_account_carry_the_tokens(client, signed_in):
    ways_in = ("login/", "signup/", "password/reset/", "login/code/")
    pages = [client.get(f"/accounts/{path}").content.decode() for path in ways_in]
    client.post("/accounts/login/code/", {"email": UserFactory().email})
    pages.append(client.get("/accounts/login/code/confirm/").content.decode())
    signed_in(UserFactory())
    pages += [client.get(path).content.decode() for path in ("/account/profile/", "/account/close/")]

    seen = set()
    for page in pages:
        for field in re.findall(r"<input [^>]*>", page):
            name = re.search(r'name="([^"]+)"', field)
            if name and name[1] in TOKENS and 'type="hidden"' not in field:
                seen.add(name[1])
                assert f'autocomplete="{TOKENS[name[1]]}"' in field, field
    assert seen >= {"name", "email", "login", "job_title", "password", "password1", "code"}
