"""An official list adds, changes and ends; it never deletes, and one that ends a tenth of the councils is refused."""

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from councils.kinds import Tier
from councils.models import Organisation, Service

pytestmark = pytest.mark.django_db
HEADER = "name,official_name,type,nation,region,gss,start,end,successors,domain\n"


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_reorganisation_ends_one_council_and_begins_another(table, harlow, capsys):
    path = table(
        HEADER
        + f"Harlow,Harlow District Council,district,England,East of England,{harlow.gss_code},,2028-03-31,West Essex,\n"
        + "West Essex,West Essex Council,unitary,England,East of England,,2028-04-01,,,westessex.gov.uk\n"
    )

    call_command("import_councils", path)

    harlow.refresh_from_db()
    assert [s.slug for s in harlow.successors.all()] == ["west-essex"]
    assert "1 added, 0 changed, 1 ended" in capsys.readouterr().out
    assert Organisation.objects.count() == 456
    assert AuditEvent.objects.filter(action="councils.list_imported").exists()


def test_a_dry_run_says_so_and_changes_nothing(table, harlow, capsys):
    path = table(HEADER + f"Harlowe,Harlow Council,district,England,East of England,{harlow.gss_code},,,,\n")

    call_command("import_councils", path, "--dry-run")

    harlow.refresh_from_db()
    assert harlow.name == "Harlow"
    assert "Would be: 0 added, 1 changed, 0 ended" in capsys.readouterr().out


def test_a_renamed_council_keeps_its_address_and_is_found_by_its_old_name(table, client, harlow):
    call_command(
        "import_councils",
        table(HEADER + f"New Town,New Town Council,district,England,East of England,{harlow.gss_code},,,,\n"),
    )

    assert Organisation.objects.get(slug="harlow").name == "New Town"
    assert "New Town" in client.get("/councils/?q=harlow").content.decode()


def test_a_list_that_would_end_a_tenth_of_the_councils_is_refused(table):
    districts = Organisation.objects.filter(kind="district", ends_on=None)
    path = table(
        HEADER
        + "".join(
            f'"{d.name}","{d.official_name}",district,England,{d.region},{d.gss_code},,2027-03-31,,\n'
            for d in districts
        )
    )

    with pytest.raises(CommandError, match="would end"):
        call_command("import_councils", path)
    assert not Organisation.objects.filter(ends_on__year=2027).exists()

    call_command("import_councils", path, "--force")
    assert Organisation.objects.filter(ends_on__year=2027).count() > 100


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n1,2\n", "no column"),
        (HEADER + "X,X Council,duchy,England,,,,,,\n", "no type of council"),
        (HEADER + "X,X Council,district,England,,,2028-04-01,2027-03-31,,\n", "ends before it begins"),
        (HEADER + "X" * 200 + ",X Council,district,England,,,,,,\n", "needs a name"),
        (HEADER + "X,X Council,district,England,,,,31/03/2027,,\n", "no date"),
        (HEADER + "X,X Council,district,England,London,,,2027-03-31,Nowhere,\n", "no single successor"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused_whole(table, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_councils", table(text))
    assert Organisation.objects.count() == 455


def test_services_come_in_by_their_number(table, capsys):
    before = Service.objects.count()
    path = table("lgsl,name,providing_tier\n587,Fly-tipping reports,district/unitary\n99999,Beekeeping,all\n")

    call_command("import_services", path)

    assert Service.objects.count() == before + 1
    assert Service.objects.get(lgsl=587).name == "Fly-tipping reports"
    assert Service.objects.get(lgsl=99999).providing_tier == Tier.ALL
    assert "1 added, 1 changed" in capsys.readouterr().out
