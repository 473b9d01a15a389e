"""Every error that a summary lists leads to something that is on the page, in groups of boxes and buttons too."""

import re

import pytest

from accounts.models import User
from tests.architecture.asking import undone
from tests.architecture.test_hostile_input import every_address
from tests.factories.voting import RollEntryFactory
from voting.models import Ballot

SUMMARY = re.compile(r'<div class="govuk-error-summary.*?</div>\s*</div>', re.DOTALL)
LINE = re.compile(r"<li>(.*?)</li>", re.DOTALL)
TARGET = re.compile(r'href="#([^"]+)"')


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_an_error_leads_to_a_control_of_the_page(records, root_user):
    ballot = Ballot.objects.get(reference=records["votes"])
    RollEntryFactory(ballot=ballot, person=root_user)
    person, found, doubled = User.objects.get(pk=root_user.pk), {}, {}
    for rule, address in every_address(records):
        page = undone(person, "post", address, {"step": "check"}).page if rule(person) else ""
        summaries = SUMMARY.findall(page)
        lines = [line for summary in summaries for line in LINE.findall(summary)]
        if len(summaries) > 1 or len(lines) > len(set(lines)):
            doubled[address] = lines
        if targets := {target for summary in summaries for target in TARGET.findall(summary)}:
            found[address] = [target for target in targets if f'id="{target}"' not in page]

    assert not doubled
    assert not {address: lost for address, lost in found.items() if lost}
    assert f"/votes/{ballot.reference}/cast/" in found
    assert len(found) > 20
