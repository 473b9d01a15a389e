"""A council has its codes, and a district its county, as the importer's list says."""

import pytest
from django.core.management import CommandError, call_command

from councils.models import Organisation

pytestmark = pytest.mark.django_db
HEADER = "name,official_name,type,nation,region,gss,start,end,successors,domain,code,county\n"


def test_every_district_lies_in_a_county_and_no_other_council_does():
    councils = Organisation.objects.councils()

    assert not councils.filter(kind="district", county=None).exists()
    assert not councils.exclude(kind="district").exclude(county=None).exists()
    assert Organisation.objects.get(slug="allerdale").county.official_name == "Cumbria County Council"
    assert Organisation.objects.get(slug="stevenage").county.name == "Hertfordshire"
    # The 25 districts of Northern Ireland that ended in 2015 had none of three letters.
    assert councils.filter(code="").count() == 25


def test_the_page_and_the_file_say_them(client, harlow):
    page = client.get("/councils/harlow/").content.decode()

    assert "Three-letter code" in page
    assert "HAR" in page
    assert harlow.county.get_absolute_url() in page
    assert "HAR,Essex" in client.get("/councils/?q=harlow&format=csv").content.decode()


def test_a_list_changes_them_and_one_that_makes_no_sense_is_refused_whole(tmp_path, harlow):
    path = tmp_path / "list.csv"
    row = f"Harlow,Harlow District Council,district,England,East of England,{harlow.gss_code},,,,"

    path.write_text(f"{HEADER}{row},HLW,Hertfordshire\n", encoding="utf-8")
    call_command("import_councils", path)
    harlow.refresh_from_db()
    assert (harlow.code, harlow.county.name) == ("HLW", "Hertfordshire")

    for wrong in ("H1,Essex", "HAR,Nowhere"):
        path.write_text(f"{HEADER}{row},{wrong}\n", encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("import_councils", path)
    harlow.refresh_from_db()
    assert harlow.code == "HLW"
