"""The line on a project is written once, with a rating: the suggested one, or another with a reason. Both are shown."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core.errors import Refused
from projects.models import Project, StatusUpdate
from projects.portfolio import suggestion
from projects.portfolio.months import rows_of
from projects.portfolio.operations import confirm_update, post_update
from projects.portfolio.standing import standings
from projects.portfolio.suggestion import Signal
from tests.factories.projects import ProjectFactory
from tests.projects.days import noon

pytestmark = pytest.mark.django_db
BLOCKED = "blocked for 78 days"


@pytest.fixture
def project(harlow):
    return ProjectFactory(running=True, lead_council=harlow)


@pytest.fixture
def blocked(project, monkeypatch):
    """The project, of which a source says that it is blocked."""
    sources = {
        suggestion.FRESHNESS: suggestion.freshness_signals,
        "blocks": lambda projects: {each.pk: [Signal("amber", BLOCKED)] for each in projects if each == project},
    }
    monkeypatch.setattr(suggestion, "_sources", sources)
    return project


def read(response):
    """The page as it is read, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def stands(project):
    found = standings([Project.objects.get(pk=project.pk)])[project.pk]
    return found.word, found.reason


def later(project, days):
    """The project as if its last update were so many days old."""
    moment = noon(days)
    project.updates.update(at=moment)
    Project.objects.filter(pk=project.pk).update(last_updated_at=moment)


def test_an_update_is_rated_as_the_portal_suggests_and_keeps_what_was_suggested_and_why(blocked, grace):
    update = post_update(blocked, line="We wait.", by=grace)

    assert (update.rating, update.suggested, update.suggested_because) == ("amber", "amber", BLOCKED)
    assert not update.is_overridden


def test_another_rating_needs_a_reason_and_both_are_said(blocked, grace):
    with pytest.raises(Refused, match=f"The portal suggests amber: {BLOCKED}. Say why you choose green.") as refusal:
        post_update(blocked, line="We wait.", by=grace, rating="green")
    assert refusal.value.field == "because"
    assert not blocked.updates.exists()

    post_update(blocked, line="We wait.", by=grace, rating="green", because="The gateway opens on Monday.")

    assert stands(blocked) == (
        "Green, set by its owner",
        f"“The gateway opens on Monday.” The portal suggests amber: {BLOCKED}.",
    )


def test_what_a_facilitator_set_is_not_said_to_be_its_owners(client, blocked, fatima):
    post_update(blocked, line="We wait.", by=fatima, rating="red", because="Nobody answers.")

    page = read(client.get(blocked.get_absolute_url()))

    assert stands(blocked)[0] == "Red, set by a facilitator"
    assert "Rated red by a facilitator: “Nobody answers.”" in page
    assert "its owner" not in page


def test_a_reason_without_another_rating_is_not_kept(project, grace):
    assert post_update(project, line="Fine.", by=grace, rating="green", because="As ever.").because == ""


def test_a_rating_is_green_amber_or_red(project, grace):
    with pytest.raises(Refused, match="Choose green, amber or red"):
        post_update(project, line="Fine.", by=grace, rating="violet", because="It is prettier.")


def test_the_database_refuses_another_rating_without_a_reason_and_half_a_rating(project, grace):
    row = {"project": project, "line": "Fine.", "by": grace}
    for wrong in (
        {"rating": "green", "suggested": "red", "suggested_because": BLOCKED},
        {"rating": "green"},
        {"suggested": "green"},
        {"rating": "red", "suggested": "red"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatusUpdate.objects.create(**row, **wrong)


def test_where_its_owner_agreed_the_rating_follows_what_the_portal_suggests_today(project, grace):
    post_update(project, line="Fine.", by=grace)
    assert stands(project) == ("Green", "Updated today; one every 2 weeks was promised.")

    later(project, 19)

    assert stands(project) == ("Amber", "No update for 19 days, one every 2 weeks was promised.")


def test_what_its_owner_set_holds_while_the_update_is_due_and_no_longer_once_it_is_overdue(blocked, grace):
    post_update(blocked, line="We wait.", by=grace, rating="green", because="Launched on its day.")

    later(blocked, 19)
    assert stands(blocked)[0] == "Green, set by its owner"
    later(blocked, 29)
    assert stands(blocked) == ("Red", "No update for 29 days, one every 2 weeks was promised, and 1 more.")


def test_an_update_from_before_there_were_ratings_leaves_the_rating_to_the_portal(project, grace):
    project.updates.create(line="Old.", by=grace)

    assert stands(project)[0] == "Green"


def test_what_is_of_the_record_has_a_line_and_no_rating(harlow, grace):
    told = ProjectFactory(lead_council=harlow)

    assert post_update(told, line="Found in the archive.", by=grace, rating="red", because="x").rating == ""
    assert stands(told) == ("Not rated", "Part of the record of 2013 to 2015.")


def test_still_accurate_says_the_last_line_again_and_the_rhythm_begins_anew(project, grace):
    post_update(project, line="Third council live.", by=grace)
    later(project, 20)

    update = confirm_update(project, by=grace)

    project.refresh_from_db()
    assert (update.line, update.said) == ("Third council live.", "Still accurate: Third council live.")
    assert project.freshness == Project.Freshness.FRESH
    assert AuditEvent.objects.filter(action="projects.confirmed_update", by=grace).count() == 1


def test_a_confirmation_keeps_what_its_owner_set_with_the_reason(blocked, grace):
    post_update(blocked, line="We wait.", by=grace, rating="red", because="Nobody answers.")

    update = confirm_update(blocked, by=grace)

    assert (update.rating, update.because, update.suggested) == ("red", "Nobody answers.", "amber")


def test_where_nothing_was_said_nothing_is_still_accurate(project, grace):
    with pytest.raises(Refused, match="no update yet"):
        confirm_update(project, by=grace)


def test_who_may_confirm(project, grace, amina, boris, fatima, sunita):
    post_update(project, line="Fine.", by=grace)

    for person in (amina, boris, fatima, sunita):
        with pytest.raises(PermissionDenied):
            confirm_update(project, by=person)


def test_only_those_who_lead_a_project_are_offered_to_say_that_its_line_holds(signed_in, project, grace, fatima):
    post_update(project, line="Fine.", by=grace)
    later(project, 40)

    for person, count in ((grace, 1), (fatima, 0)):
        for address in (project.get_absolute_url(), "/"):
            page = signed_in(person).get(address).content.decode()
            assert page.count(f"{project.get_absolute_url()}still-accurate/") == count, (person, address)


# On pages ---------------------------------------------------------------------------------------------------


def test_the_form_is_filled_in_with_what_the_portal_suggests(signed_in, grace, blocked):
    page = signed_in(grace).get(blocked.get_absolute_url()).content.decode()

    assert f"The portal suggests amber: {BLOCKED}." in page
    assert 'value="amber" checked' in " ".join(page.split())


def test_what_was_typed_stays_where_the_reason_is_missing_and_the_sentence_stands_beside_it(signed_in, grace, blocked):
    address = f"{blocked.get_absolute_url()}update/"

    answer = signed_in(grace).post(address, {"update-line": "We wait.", "update-rating": "green"})

    assert answer.status_code == 422
    assert 'value="We wait."' in answer.content.decode()
    assert "Say why you choose green." in read(answer)
    assert answer.context["update_form"].errors["because"]


def test_line_and_rating_are_the_same_on_every_page(client, signed_in, grace, ben, harlow, blocked):
    post_update(blocked, line="We wait for the gateway.", by=grace, rating="green", because="It opens on Monday.")

    for address in (blocked.get_absolute_url(), "/board/", harlow.get_absolute_url()):
        words = read(client.get(address))
        assert "Green, set by its owner" in words, address
        assert f"“It opens on Monday.” The portal suggests amber: {BLOCKED}." in words, address
    for address in (
        blocked.get_absolute_url(),
        harlow.get_absolute_url(),
        "/feeds/projects.atom",
        "/board/?format=csv",
    ):
        assert "We wait for the gateway." in client.get(address).content.decode(), address


def test_the_week_of_a_partner_says_the_line_and_both_ratings(signed_in, grace, carlos, surrey, blocked):
    blocked.partners.add(surrey)
    post_update(blocked, line="We wait.", by=grace, rating="green", because="It opens on Monday.")

    words = read(signed_in(carlos).get("/"))

    assert "We wait. Green, set by its owner: “It opens on Monday.” The portal suggested amber that day." in words


def test_month_by_month_the_newest_first_and_what_is_empty_says_so(client, grace, harlow, on_day):
    project = ProjectFactory(
        lead_council=harlow, started_on=dt.date(2026, 7, 3), last_updated_at=dt.datetime(2026, 9, 30, tzinfo=dt.UTC)
    )
    for moment, line in (((2026, 7, 6, 9), "First."), ((2026, 9, 2, 9), "Second."), ((2026, 9, 30, 23, 30), "Third.")):
        with on_day(*moment):
            post_update(project, line=line, by=grace)

    with on_day(2026, 10, 20):
        page = read(client.get(project.get_absolute_url()))

    table = page.partition("How it stood, month by month")[2]
    assert (
        "October 2026, so far No update September 2026 Green Third. August 2026 No update July 2026 Green First."
        in table
    )
    assert "Second." not in table.partition("July 2026")[0]


def test_the_months_are_a_year_at_most_and_end_with_the_project(harlow, grace):
    ended = ProjectFactory(
        lead_council=harlow, started_on=dt.date(2024, 1, 5), stage="stopped", ended_on=dt.date(2026, 2, 3), lesson="L"
    )

    rows = rows_of(ended, [])

    assert (len(rows), rows[0][0], rows[-1][0]) == (12, "February 2026", "March 2025")
