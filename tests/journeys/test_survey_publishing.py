"""S2 and S3 to their end: one analyst closes the survey on a phone, codes and proposes, a second person publishes it.

On a site of its own: the survey that is open in the demo programme ends here, which other journeys answer.
"""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from core import clock
from tests.journeys.axe import expect_accessible
from tests.journeys.browsers import Browsers
from tests.journeys.conftest import ROOT, environment_of, site_of_its_own
from tests.journeys.steps import press

CLOSE = "from surveys.release.operations import close_fieldworks_that_are_due as close; close()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("survey")


@pytest.fixture(scope="module")
def site(programme, folder):
    with site_of_its_own(programme, folder) as address:
        yield address


@pytest.fixture(scope="module")
def browsers(chromium, site):
    return Browsers(chromium, site)


@pytest.fixture(scope="module")
def sessions():
    return {}


def open_what_was_sealed(folder, site):
    """What the worker does each minute, at once."""
    environment = environment_of(folder, site, "a key of this one process, which signs nothing")
    subprocess.run([sys.executable, "manage.py", "shell", "-c", CLOSE], cwd=ROOT, env=environment, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip


def test_one_analyst_closes_and_proposes_on_a_phone_and_another_person_publishes(visit, folder, site):
    year = clock.today().year
    home, bench = f"/surveys/{year}/running/", f"/surveys/{year}/running/bench/"
    phone = visit("analyst", width=390)
    main = phone.locator("main")
    phone.goto("/surveys/")
    expect_accessible(phone, "surveys/waves.html")
    main.get_by_role("link", name=re.compile(f"Annual survey {year}")).first.click()
    expect_accessible(phone, "surveys/running.html")
    main.get_by_role("link", name="Close it before its time").click()
    expect(main).to_contain_text("Closing cannot be undone")
    expect_accessible(phone, "surveys/close.html")
    press(phone, "^Close it now$")
    expect(main).to_contain_text("No totals are shown to anybody while the survey is open")
    open_what_was_sealed(folder, site)

    phone.goto(home)
    expect(main).to_contain_text("14 of")
    expect_accessible(phone, "surveys/running.html")
    press(phone, "Go to the analyst’s bench")
    expect_accessible(phone, "surveys/bench.html")
    main.get_by_role("link", name=re.compile("Priorities")).click()
    expect_accessible(phone, "surveys/code.html")
    text = main.get_by_role("checkbox").first
    text.check()
    main.get_by_label("Code them to").select_option(index=1)
    press(phone, "Code these texts")
    expect(main.get_by_role("heading", name="Coded", exact=True)).to_be_visible()
    expect_accessible(phone, "surveys/code.html")
    phone.goto(bench)
    press(phone, "Propose these figures")
    expect(main).to_contain_text("Somebody else looks at them and publishes them")
    expect(main.get_by_role("button", name="Publish these figures")).to_have_count(0)
    expect_accessible(phone, "surveys/bench.html")

    stranger = visit("")
    assert stranger.goto(f"/surveys/{year}/").status == 404, "before a second person has published it"

    desk = visit("secretariat")
    desk.goto(bench)
    expect_accessible(desk, "surveys/bench.html")
    press(desk, "Publish these figures")
    expect(desk.locator("body")).to_contain_text("Published.")
    expect_accessible(desk, "surveys/wave.html")

    reader = visit("", width=390)
    reader.goto(f"/surveys/{year}/seniority/")
    expect(reader.locator("main")).to_contain_text("These counts are exact")
    expect_accessible(reader, "surveys/table.html")
    reader.goto(f"/surveys/{year}/barriers/")
    expect(reader.locator("main")).to_contain_text(re.compile("Withheld|No figure of this table is printed"))
    expect_accessible(reader, "surveys/table.html")
