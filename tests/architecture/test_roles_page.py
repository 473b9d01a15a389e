"""docs/roles.md says who comes in where, as the rules of the views answer for each role.

To make it again: `WRITE_ROLES=1 .venv/bin/python -m pytest tests/architecture/test_roles_page.py`
"""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from councils.models import Membership
from tests.architecture.roles_page import page
from tests.factories.councils import MembershipFactory

ROLES_PAGE = Path(settings.BASE_DIR) / "docs/roles.md"


@pytest.mark.django_db
def test_the_page_of_roles_says_what_the_rules_say(
    ben, amina, harlow, grace, fatima, anna, boris, sunita, edith, root_user
):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    cast = {
        "account": ben,
        "contributor": amina,
        "publisher": publisher,
        "lead": grace,
        "facilitator": fatima,
        "analyst": anna,
        "board": boris,
        "secretariat": sunita,
        "editor": edith,
        "superuser": root_user,
    }
    made = page({"stranger": AnonymousUser(), **{role: User.objects.get(pk=who.pk) for role, who in cast.items()}})
    if os.environ.get("WRITE_ROLES"):
        ROLES_PAGE.write_text(made, "utf-8")

    assert ROLES_PAGE.read_text("utf-8") == made, f"docs/roles.md is out of date. {__doc__.splitlines()[-1]}"
