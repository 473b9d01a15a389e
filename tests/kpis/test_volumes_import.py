"""The top 20 of 2012 is taken in as printed, its misprints read and told; a second time nothing changes."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from structlog.testing import capture_logs

from audit.models import AuditEvent
from kpis.models import ServiceArea, VisitCount
from kpis.volumes.operations import TOP_20, import_top20

pytestmark = pytest.mark.django_db


def everything():
    through = ServiceArea.services.through
    return [list(model.objects.order_by("pk").values()) for model in (ServiceArea, VisitCount, through, AuditEvent)]


@pytest.fixture
def changed_file(tmp_path):
    def change(before, after):
        path = tmp_path / "top.csv"
        path.write_text(TOP_20.read_text().replace(before, after))
        return path

    return change


def test_twenty_rows_come_to_the_totals_of_the_paper_and_each_share_is_within_a_hundredth_of_a_point():
    import_top20()

    rows = list(VisitCount.objects.all())
    assert len(rows) == 20
    assert sum(row.visits for row in rows) == 70_602_485
    assert sum(row.printed_share for row in rows) == Decimal("18.68")
    for row in rows:
        assert abs(100 * Decimal(row.visits) / 377_957_628 - row.printed_share) <= Decimal("0.01"), row
    assert (rows[0].visits, rows[19].visits) == (11_055_088, 966_728)


def test_a_point_for_a_comma_is_read_logged_and_kept_as_printed():
    with capture_logs() as logs:
        taken_in = import_top20()

    assert [line["misprint"] for line in logs if line["event"] == "kpis.misprint_read"] == taken_in.misprints
    assert taken_in.misprints == [
        "Council tax, place 1: 11.055,088 in the source; read as 11,055,088",
        "Job vacancies, place 5: 4.857,031 in the source; read as 4,857,031",
        "Housing, place 19: 1.021,302 in the source; read as 1,021,302",
    ]
    assert VisitCount.objects.get(key="2012-01").printed_visits == "11.055,088"


def test_the_same_area_and_type_may_stand_twice():
    import_top20()

    assert VisitCount.objects.filter(area__slug="parking", type="application").count() == 2
    assert VisitCount.objects.filter(area__slug="libraries", type="booking").count() == 2


def test_a_second_time_changes_nothing_and_a_changed_file_just_what_it_changes(changed_file):
    import_top20()
    stood = everything()

    assert str(import_top20()).startswith("0 added, 0 changed, 0 removed")
    assert everything() == stood

    keys = set(VisitCount.objects.values_list("pk", flat=True))
    loaded = import_top20(changed_file('"966,728"', '"966,729"'))
    assert str(loaded).startswith("0 added, 1 changed, 0 removed")
    assert set(VisitCount.objects.values_list("pk", flat=True)) == keys


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"966,728"', '"966,7oo"', "Row 20: '966,7oo' is no number of visits"),
        ('"966,728"', '"9,999,999,999,999"', "is no number of visits"),
        ("20,Parking", "1,Parking", "Place 1 stands more than once"),
        ("report problem,0.26", "think,0.26", "'think' is no type of visit"),
        ("0.26", "134", "'134' is no share"),
        ("0.26", "NaN", "'NaN' is no share"),
        ("20,Parking", "20,", "the service area has no name"),
        ('"966,728",471 474', '"966,728",9999', "No service has the LGSL number 9999"),
        ("service area,", "area,", "has no column service area"),
    ],
)
def test_a_file_that_cannot_be_understood_changes_nothing_and_says_where(changed_file, before, after, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_top20", str(changed_file(before, after)))

    assert not VisitCount.objects.exists()


def test_a_dry_run_says_what_would_change():
    call_command("import_top20", "--dry-run")

    assert not VisitCount.objects.exists()
