"""Every error that a summary lists leads to something that is on the page, in groups of boxes and buttons too."""

import re

import pytest
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import User
from tests.architecture.test_hostile_input import every_address, short_pages
from tests.factories.voting import RollEntryFactory
from voting.models import Ballot

__all__ = ["short_pages"]

SUMMARY = re.compile(r'<div class="govuk-error-summary.*?</div>\s*</div>', re.DOTALL)
TARGET = re.compile(r'href="#([^"]+)"')


def sent_empty(person, address):
    """What comes back when the form behind an address is sent with nothing in it; what it did is undone."""
    request = RequestFactory().post(address, {"step": "check"})
    request.user, request.session = person, SessionStore()
    request._messages = SessionStorage(request)
    with transaction.atomic():
        try:
            found = resolve(request.path_info)
            request.resolver_match = found
            response = found.func(request, *found.args, **found.kwargs)
            return response.render() if hasattr(response, "render") else response
        except (Http404, PermissionDenied, BadRequest):
            return None
        finally:
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_an_error_leads_to_a_control_of_the_page(records, root_user):
    ballot = Ballot.objects.get(reference=records["votes"])
    RollEntryFactory(ballot=ballot, person=root_user)
    person, found = User.objects.get(pk=root_user.pk), {}
    for rule, address in every_address(records):
        if rule(person) and (answer := sent_empty(person, address)):
            page = answer.content.decode()
            if targets := {target for summary in SUMMARY.findall(page) for target in TARGET.findall(summary)}:
                found[address] = [target for target in targets if f'id="{target}"' not in page]

    assert not {address: lost for address, lost in found.items() if lost}
    assert f"/votes/{ballot.reference}/cast/" in found
    assert len(found) > 20
