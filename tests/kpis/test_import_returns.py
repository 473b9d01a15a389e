"""The command that takes in the figures of many councils: all rows or none, and a second time nothing."""

import pytest
from django.core.management import CommandError, call_command

from kpis.management.commands import import_returns
from kpis.models import ServiceReturn
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory, ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(tmp_path):
    """What takes in rows, each of a council, a quarter, and how many were finished."""
    person, service = UserFactory(), ServiceFactory()

    def take_in(*rows, **more):
        file = tmp_path / "returns.csv"
        lines = [f"{council.slug},{service.slug},{quarter},{completed}" for council, quarter, completed in rows]
        file.write_text("\n".join(["council,service,quarter,completed", *lines]))
        call_command("import_returns", file, by=person.email, **more)

    return take_in


def test_rows_of_many_councils_are_taken_in_and_a_second_time_nothing_changes(row, capsys):
    one, other = OrganisationFactory.create_batch(2)
    rows = [(one, "2014-q4", 10), (other, "2014-q4", 20), (other, "2014-q3", 30)]

    row(*rows, dry_run=True)
    assert not ServiceReturn.objects.exists()
    row(*rows)
    row(*rows)

    assert capsys.readouterr().out.splitlines() == [
        "Would be: 3 new or changed",
        "3 new or changed",
        "0 new or changed",
    ]
    assert sorted(ServiceReturn.objects.values_list("completed", "version")) == [(10, 1), (20, 1), (30, 1)]


def test_what_is_wrong_is_told_by_line_and_nothing_is_half_saved(row):
    council = OrganisationFactory()

    with pytest.raises(CommandError) as refused:
        row((council, "2014-q4", 10), (council, "2014-q3", "1,2oo"), (council, "2099-q1", 5), (council, "2014-q4", 7))

    assert "more or fewer cells than there are columns" in str(refused.value)
    with pytest.raises(CommandError) as refused:
        row(
            (council, "2014-q4", 10),
            (council, "2099-q1", 5),
            (OrganisationFactory.build(slug="atlantis"), "2014-q4", 7),
        )
    assert "Line 3, quarter: " in str(refused.value)
    assert "Line 4, council: No council of the directory has this address." in str(refused.value)
    assert not ServiceReturn.objects.exists()


def test_a_correction_says_why(row):
    council = OrganisationFactory()
    row((council, "2014-q4", 10))

    with pytest.raises(CommandError, match="Say why it changes"):
        row((council, "2014-q4", 11))
    row((council, "2014-q4", 11), reason="Counted again")

    assert ServiceReturn.objects.get(version=2).reason == "Counted again"


def test_a_file_with_more_rows_than_it_takes_is_refused_as_a_whole(row, monkeypatch):
    monkeypatch.setattr(import_returns, "MOST_ROWS", 1)
    council = OrganisationFactory()

    with pytest.raises(CommandError, match="more than 1 lines"):
        row((council, "2014-q4", 10), (council, "2014-q3", 10))
    assert not ServiceReturn.objects.exists()
