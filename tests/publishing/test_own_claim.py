"""What a case study claims of itself stays a claim, in every sum, until somebody measures it again."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core import clock
from core.errors import Refused
from portal.figures import headline
from publishing import emails
from publishing.models import CaseStudyPage
from take_up.lists import LEDGER
from take_up.models import Benefit, Measurement
from take_up.operations import check_measurement, report_measurement
from take_up.permissions import measurements_to_check, unmeasured_promises, waiting_measurements
from take_up.queries import sums, sums_of_all
from take_up.queries.follow_ups import follow_ups
from tests.factories.councils import OrganisationFactory, replaced_by
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import BenefitFactory
from tests.publishing.published import COMPARED

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
SAVED = COMPARED | {"measure": "Saved on bins", "before": 0, "after": 5000, "before_unit": "£", "after_unit": "£"}
SAVED |= {"before_unit": "£ a year", "after_unit": "£ a year"}


def later_figure() -> dict:
    return {"value": Decimal(4000), "measured_on": clock.today(), "n": 1, "n_words": "councils", "better": "higher"}


@pytest.fixture
def saved(harlow, amina):
    """Harlow's case study says that it saves £5,000 a year."""
    return publish_case_study(harlow, owner=amina, **SAVED).own_promise.promise


def words_of(client, address="/board/promises/"):
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).split())


def both_sums():
    one_by_one = sums(Benefit.objects.select_related("latest"))
    assert one_by_one == sums_of_all()
    return one_by_one


def test_its_own_first_figure_is_confirmed_by_nobody_although_an_analyst_checked_it(saved, analyst, client):
    check_measurement(saved.measurements.get(), by=analyst)
    saved.refresh_from_db()

    money = both_sums()
    assert (money.claimed.total, money.confirmed.n, money.measured.n, money.not_checked.n) == (5000, 0, 0, 1)
    assert saved.state == Benefit.State.NOT_CHECKED
    assert {each.measured for each in follow_ups(saved, saved.measurements.all())} == {None}
    ledger = words_of(client)
    assert "£0 confirmed a year 0 of 1 promise kept" in ledger
    assert "Claimed £5,000 a year, from £0; no later figure has been checked." in ledger
    assert "0 of 1 promise in money a year checked so far" in headline._of_money().note
    assert "It is what the case study claims of itself" in words_of(client, saved.get_absolute_url())


def test_nobody_is_asked_to_check_what_no_check_confirms(saved, sunita, amina, signed_in):
    assert not measurements_to_check().exists()
    assert not waiting_measurements(sunita).exists()
    assert "Saved on bins" not in signed_in(sunita).get("/queue/?kind=measurements").content.decode()

    later = report_measurement(saved, **later_figure(), by=amina)

    assert list(waiting_measurements(sunita)) == [later]
    assert "Saved on bins" in signed_in(sunita).get("/queue/?kind=measurements").content.decode()


def test_nobody_is_asked_to_check_or_measure_what_a_withdrawn_case_study_said(saved, sunita, amina, signed_in):
    later = report_measurement(saved, **later_figure(), by=amina)

    CaseStudyPage.objects.filter(own_promise__promise=saved).update(
        withdrawn_on=clock.today(), withdrawn_reason="It no longer holds."
    )

    assert not waiting_measurements(sunita).exists()
    assert "Saved on bins" not in signed_in(sunita).get("/queue/?kind=measurements").content.decode()
    later.delete()
    saved.measurements.all().delete()
    assert saved not in unmeasured_promises(sunita)


def test_its_author_is_told_that_its_figures_stand_in_the_ledger_on_the_page_and_in_the_mail(saved, amina, client):
    study = saved.of_case_study.case_study
    said = emails.page_published(Page.objects.get(pk=study.pk), amina)

    assert said.context["ledger"].endswith(saved.get_absolute_url())
    assert "stand in the ledger of promises as well" in render_to_string(
        "emails/case_study_published.txt", said.context
    )
    page = client.get(study.url).content.decode()
    assert f'href="{saved.get_absolute_url()}">ledger of promises</a>' in page
    claim = publish_case_study(saved.of_case_study.case_study.council, title="A claim without figures")
    assert "ledger" not in words_of(client, claim.url)
    assert emails.page_published(Page.objects.get(pk=claim.pk), amina).context["ledger"] == ""


def test_it_is_confirmed_once_a_later_figure_was_checked(saved, analyst, amina, client):
    check_measurement(saved.measurements.get(), by=analyst)
    later = {"n": 4, "n_words": "months", "by": amina, "better": "higher"}
    with pytest.raises(Refused, match="what the case study claims"):
        report_measurement(saved, value=Decimal(9), measured_on=saved.claimed_on, **later)
    again = report_measurement(saved, value=Decimal(5200), measured_on=dt.date(2016, 3, 1), **later)
    assert both_sums().confirmed.n == 0

    check_measurement(again, by=analyst)

    money = both_sums()
    assert (money.confirmed.total, money.confirmed.n) == (5200, 1)
    assert "£5,200 confirmed a year 1 of 1 promise kept" in words_of(client)
    assert headline._of_money().figure.value == 5200


def test_the_ledger_names_the_council_of_a_case_study_and_finds_it_by_it(saved, harlow, surrey, client):
    assert "Saved on bins" in words_of(client, "/board/promises/?council=harlow")
    assert "Saved on bins" not in words_of(client, f"/board/promises/?council={surrey.slug}")
    lines = client.get("/board/promises/?council=harlow&format=csv").content.decode().splitlines()
    assert any(f",{harlow.name},Saved on bins," in line for line in lines)

    heir = OrganisationFactory(name="Greater Harlow")
    replaced_by(heir, old=harlow)
    assert "Saved on bins" in words_of(client, f"/board/promises/?council={heir.slug}")


def test_the_ledger_asks_as_often_for_many_case_studies_as_for_one(saved, harlow, amina):
    def asked():
        rows = LEDGER.of_a_file(LEDGER.rows(AnonymousUser(), LEDGER.read(QueryDict())))
        with CaptureQueriesContext(connection) as queries:
            names = [cells[1] for cells in LEDGER.cells(list(rows))]
        return len(queries), set(names)

    once = asked()
    for number in range(4):
        publish_case_study(harlow, title=f"Bins {number}", owner=amina, **SAVED | {"measure": f"Saved {number}"})

    assert asked() == once == (1, {"Harlow"})
    assert Measurement.objects.count() == 5


def measured_again(page, value, *, by, checked_by, better):
    """The promise of a case study once a figure of ten months later was reported and checked."""
    promise = page.own_promise.promise
    again = report_measurement(
        promise, value=Decimal(value), measured_on=dt.date(2016, 1, 1), n=3, n_words="months", better=better, by=by
    )
    check_measurement(again, by=checked_by)
    promise = Benefit.objects.get(pk=promise.pk)
    return Benefit.objects.with_state(promise.state).get(pk=promise.pk)  # the database says the same


@pytest.mark.parametrize(
    ("better", "value", "state"),
    [
        ("lower", 410, "not_kept"),
        ("lower", 400, "not_kept"),
        ("lower", 250, "kept"),
        ("higher", 410, "kept"),
        ("higher", 300, "partly"),
    ],
)
def test_figures_that_rose_are_kept_only_where_somebody_says_that_more_is_better(
    harlow, amina, analyst, better, value, state
):
    page = publish_case_study(harlow, owner=amina, **COMPARED | {"before": 268, "after": 410})
    assert page.own_promise.promise.better == "unsaid"

    found = measured_again(page, value, by=amina, checked_by=analyst, better=better)

    assert (found.state, found.better) == (state, better)
    assert found.missed_on is None or state != "kept"
    assert Benefit.objects.missed().exists() is (state != "kept")


def test_whoever_measures_a_case_study_again_says_which_way_is_better(harlow, amina, signed_in):
    promise = publish_case_study(harlow, owner=amina, **COMPARED).own_promise.promise
    typed = {"value": "271", "n": "3", "n_words": "months"}
    typed |= {"measured_on_day": "1", "measured_on_month": "1", "measured_on_year": "2016"}
    address = f"{promise.get_absolute_url()}measure/"

    refused = signed_in(amina).post(address, typed)
    assert refused.status_code in (409, 422)
    assert "Say which way is better." in refused.content.decode()
    assert signed_in(amina).post(address, typed | {"better": "unsaid"}).status_code == 422
    assert signed_in(amina).post(address, typed | {"better": "lower"}).status_code == 302

    assert Benefit.objects.get().better == "lower"
    assert "Which way is better" not in signed_in(amina).get(address).content.decode()


def test_what_nobody_said_which_way_is_better_of_is_in_no_sum_of_what_was_measured(saved, amina, analyst):
    later = Measurement.objects.create(
        promise=saved, value=9000, n=3, measured_on=dt.date(2016, 1, 1), reported_by=amina
    )
    check_measurement(later, by=analyst)
    saved.refresh_from_db()

    assert (saved.latest, saved.state, saved.missed_on) == (later, Benefit.State.NOT_CHECKED, None)
    assert not Benefit.objects.missed().exists()
    money = both_sums()
    assert (money.measured.n, money.in_part.n, money.not_checked.n) == (0, 0, 1)


def test_only_a_case_study_leaves_open_which_way_is_better():
    with pytest.raises(IntegrityError), transaction.atomic():
        BenefitFactory(better="unsaid")
