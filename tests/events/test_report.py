"""The report of a day: who came, counted by the query of the year's page, each table as a file, for everyone."""

import pytest

from events.models import Event, Feedback
from events.places.attended import attended
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.voting import checked_in
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def held():
    """A day that was held: two of one district, one of a Welsh council, one of a department, one for themselves."""
    event = EventFactory(ended=True, source="UKAuthority, 2014")
    district = OrganisationFactory(kind="district", region="East of England", nation="England")
    welsh = OrganisationFactory(kind="welsh", region="", nation="Wales")
    for organisation in (district, district, welsh, DepartmentFactory(), None):
        checked_in(event, UserFactory(), organisation)
    SignUpFactory(event=event, organisation=OrganisationFactory())
    return event


def file(client, event, table):
    content = client.get(f"/events/{event.slug}/report/?table={table}&format=csv").content.decode("utf-8-sig")
    return content.splitlines()


def test_delegates_people_and_councils_stand_by_stream_type_and_region_and_sum_to_all_who_came(held):
    came = attended(Event.objects.filter(pk=held.pk))

    assert (came.total.delegates, came.total.people, came.total.councils) == (5, 5, 2)
    assert [(group.name, *group.cells) for group in came.by_stream if group.delegates] == [("Skills", 5, 5, 2)]
    assert [(group.name, *group.cells) for group in came.by_type] == [
        ("District", 2, 2, 1), ("Welsh council", 1, 1, 1), ("Government department", 1, 1, 0),
        ("For no organisation", 1, 1, 0),
    ]  # fmt: skip
    assert [(group.name, *group.cells) for group in came.by_region] == [
        ("East of England", 2, 2, 1), ("Wales", 1, 1, 1), ("From no council", 2, 2, 0),
    ]  # fmt: skip


def test_everyone_reads_the_report_with_its_base_its_day_and_its_source(held, client):
    page = words(client.get(f"/events/{held.slug}/report/"))

    assert "of 6 who had a place" in page
    assert "Source: UKAuthority, 2014." in page
    assert "Counted as at" in page
    assert "Counted: 5 delegates from check-ins, as at" in page
    assert "Who came, by type of organisation: 5 delegates</title>" in page


def test_each_table_is_a_file_and_no_other_is(held, client):
    assert "Skills,5,5,2,no" in file(client, held, "streams")
    assert "District,2,2,1,no" in file(client, held, "types")
    assert "From no council,2,2,0,no" in file(client, held, "regions")
    assert "; source: UKAuthority, 2014" in "".join(file(client, held, "types"))
    assert client.get(f"/events/{held.slug}/report/?table=people&format=csv").status_code == 404


def test_its_delegates_lead_those_who_run_the_event_to_their_list_and_nobody_else(held, client, signed_in, fatima):
    address = f"/events/{held.slug}/"

    assert f'href="{address}people/"' not in words(client.get(f"{address}report/"))
    assert f'href="{address}people/"' in words(signed_in(fatima).get(f"{address}report/"))


def test_the_report_names_nobody(held, client):
    person = held.sign_ups.first().person
    assert person.name not in words(client.get(f"/events/{held.slug}/report/"))


def test_the_report_the_year_and_the_days_own_page_say_the_same(held, client):
    year = f"{held.starts_at:%Y}"
    types = client.get(f"/figures/?year={year}&table=types&format=csv").content.decode("utf-8-sig").splitlines()

    assert [line for line in types if line.startswith(("District", "Welsh"))] == [
        line for line in file(client, held, "types") if line.startswith(("District", "Welsh"))
    ]
    assert "5 different people from 2 councils" in words(client.get(f"/figures/?year={year}"))
    assert "of 6 who had a place, from 2 councils" in words(client.get(held.get_absolute_url()))


def test_feedback_is_in_the_report_and_its_file_only_from_ten_forms_on(held, client):
    Feedback.objects.bulk_create(Feedback(event=held, would_recommend=number > 0) for number in range(9))
    assert "Fewer than ten people gave feedback, so nothing of it is shown." in words(
        client.get(f"/events/{held.slug}/report/")
    )
    assert client.get(f"/events/{held.slug}/report/?table=feedback&format=csv").status_code == 404
    Feedback.objects.create(event=held, would_recommend=True)

    assert "Would recommend it to others,90%,9,10,no" in file(client, held, "feedback")


@pytest.mark.parametrize("fields", [{}, {"ended": True, "state": "cancelled"}])
def test_a_day_that_is_not_over_or_was_cancelled_has_nothing_to_report(client, fields):
    event = EventFactory(**fields)
    page = client.get(f"/events/{event.slug}/report/")

    assert page.status_code == 200
    assert "lda-figures" not in page.content.decode()
    assert client.get(f"/events/{event.slug}/report/?table=types&format=csv").status_code == 404


def test_the_report_costs_the_same_however_many_came(held, client, asked):
    address = f"/events/{held.slug}/report/"
    client.get(address)
    with asked() as few:
        client.get(address)
    for _ in range(10):
        checked_in(held, UserFactory(), OrganisationFactory())
    with asked() as many:
        client.get(address)

    assert len(few) == len(many) <= 12
