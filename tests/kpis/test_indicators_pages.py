"""The pages on which a council returns its figures: a form for its largest services, a file, its list."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from kpis.indicators.operations import choose_top_services, return_services
from kpis.indicators.reading import FiguresRefused
from kpis.models import ServiceReturn
from tests.factories.councils import ServiceFactory
from tests.factories.indicators import ServiceReturnFactory
from tests.kpis.filled import typed

pytestmark = pytest.mark.django_db

HEAD = "service,quarter,completed,completed_web,started_web"


def sent_file(desk, council, text, encoding="utf-8"):
    file = SimpleUploadedFile("figures.csv", text.encode(encoding), "text/csv")
    return desk.post(f"/councils/{council.slug}/indicators/upload/", {"file": file})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{slug},2014-q4,,,,yes,", "Give its numbers too"),
        ("{slug},2014-q4,,,,,It was late", "Give at least one number"),
        ("{slug},1900-q1,9,,,,", "from 2000 on"),
    ],
)
def test_a_row_that_says_nothing_that_could_be_kept_is_told_and_not_passed_over(desk, council, services, row, words):
    more = f"{services[1].slug},2014-q4,9,,,,"
    text = f"{HEAD},for_comparison_only,reason\n{row.format(slug=services[0].slug)}\n{more}\n"

    answer = sent_file(desk, council, text)

    assert words in answer.content.decode()
    assert not ServiceReturn.objects.exists()


def test_signs_that_are_no_letters_in_what_a_page_carries_break_nothing(desk, council, services):
    carried = json.dumps([[2, {"service": "\ud800x", "quarter": "2014-q4", "completed": "9"}]])

    answer = desk.post(f"/councils/{council.slug}/indicators/upload/", {"carried": carried, "shown": "2"})

    assert answer.status_code == 409  # none of the boxes came along


def test_what_is_wrong_stands_beside_its_box_and_nothing_typed_is_lost(desk, council, services):
    answer = desk.post(
        f"/councils/{council.slug}/indicators/return/",
        {"completed-1": "1,2oo", "completed-2": "1000", "completed_web-2": "1340"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_completed-1_error"' in page
    assert "134%" in page
    assert 'value="1,2oo"' in page
    assert not ServiceReturn.objects.exists()


def test_the_template_has_ones_own_services_and_comes_back_as_it_went(desk, council, services):
    table = desk.get(f"/councils/{council.slug}/indicators/template.csv").content.decode("utf-8-sig")
    assert services[0].slug in table

    filled = table.replace(",,,,,,,,,,,", ",£5.00,10,,,,,,,,,", 1)
    assert sent_file(desk, council, filled).status_code == 302
    assert ServiceReturn.objects.get().service == services[0]


def test_a_file_is_refused_row_by_row_and_corrected_on_the_page(desk, council, services):
    right, wrong = f"{services[0].slug},2014-q4,10,5,20", f"{services[1].slug},2014-q4,1000,1340,2000"
    answer = sent_file(desk, council, f"{HEAD}\n{right}\n{wrong}\n")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "134%" in page
    assert not ServiceReturn.objects.exists()
    form = answer.context["correct"]
    assert form.shown == "3"
    sent = {f"{name}-3": str(form[f"{name}-3"].value() or "") for name in HEAD.split(",")} | {"completed_web-3": "134"}
    answer = desk.post(
        f"/councils/{council.slug}/indicators/upload/", {**sent, "carried": form.carried, "shown": form.shown}
    )
    assert answer.status_code == 302
    assert sorted(ServiceReturn.objects.values_list("completed_web", flat=True)) == [5, 134]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("service,completed\n474,1\n", "no column quarter"),
        (f"{HEAD},completed\n474,2014-q4,1,1,1,1\n", "completed stands there twice"),
        (f"{HEAD},profit\n474,2014-q4,1,1,1,1\n", "No column is called profit"),
        (f"{HEAD}\n" + "474,2014-q4,1,1,1\n" * 5_001, "more than 5,000 lines"),
        (f"{HEAD}\n", "has no row"),
        (f"{HEAD}\n474,2014-q4,1,850,1000,2000\n", "Line 2 has more or fewer cells than there are columns"),
        (f"{HEAD}\n474,2014-q4,7,622\n", "Line 2 has more or fewer cells than there are columns"),
        (f'{HEAD}\n474,2014-q4,9,5,"oops\n300,2014-q4,9,5,10\n', "cannot be read as a table"),
    ],
)
def test_what_is_no_such_table_is_refused_as_a_whole(desk, council, text, words):
    answer = sent_file(desk, council, text)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_file_of_older_spreadsheets_is_read(desk, council, services):
    text = f"{HEAD},reason\n{services[0].slug},2014-q4,10,5,20,Café\n"

    assert sent_file(desk, council, text, "cp1252").status_code == 302


@pytest.mark.parametrize("lines", [4_999, 5_000])
def test_five_thousand_lines_are_read(desk, council, lines):
    answer = sent_file(desk, council, f"# Ours\n{HEAD}\n" + "474,,,,\n" * lines)

    assert "No row has a number" in answer.content.decode()


def test_a_file_in_utf_16_is_named_as_what_it_is(desk, council):
    assert "UTF-16" in sent_file(desk, council, f"{HEAD}\n474,2014-q4,1,1,1\n", "utf-16").content.decode()


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\x00", b"\x89PNG\r\n\x1a\n\x00", b"%PDF-1.7"]
)
def test_a_spreadsheet_or_a_picture_is_named_as_no_csv(desk, council, start):
    said = sent_file(desk, council, start.decode("latin-1"), "latin-1").content.decode()

    assert "This is no CSV" in said
    assert "UTF-16" not in said


def test_a_row_that_is_carried_twice_is_refused(desk, council, officer, services):
    row = [2, {"service": services[0].slug, "quarter": "2014-q4", "completed": "9"}]

    answer = desk.post(f"/councils/{council.slug}/indicators/upload/", {"carried": json.dumps([row, row]), "shown": ""})

    assert answer.status_code == 422
    with pytest.raises(FiguresRefused):
        return_services(council, [row, row], by=officer)


def test_no_more_boxes_are_shown_than_a_page_takes(desk, council, services):
    rows = [[n, {"service": "Moon", "quarter": "2014-q4", "completed": "9"}] for n in range(2, 40)]
    shown = ",".join(str(number) for number, _ in rows)

    answer = desk.post(f"/councils/{council.slug}/indicators/upload/", {"carried": json.dumps(rows), "shown": shown})

    assert answer.status_code == 422
    assert len(answer.context["correct"].cards) <= 25


def test_an_address_with_a_quarter_that_nobody_returns_loses_nothing_typed(desk, council, services):
    answer = desk.post(f"/councils/{council.slug}/indicators/return/?quarter=2014-q9", {"completed-1": "1850"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is no quarter that can be returned here" in page
    assert 'value="1850"' in page
    assert not ServiceReturn.objects.exists()


@pytest.mark.parametrize(
    "carried", ["[", "7", "[[1]]", '[["x",{}]]', "[[1,[]]]", "[" * 9000, '[[1e999,{"service":"x"}]]']
)
def test_rows_that_somebody_made_up_for_the_page_break_nothing(desk, council, carried):
    answer = desk.post(f"/councils/{council.slug}/indicators/upload/", {"carried": carried, "shown": "1,x,²"})

    assert answer.status_code == 422


def test_a_correction_that_does_not_say_so_publishes_nothing_that_was_for_comparison_only(desk, council, services):
    ServiceReturnFactory(council=council, service=services[0], for_comparison_only=True)
    right = f"{services[0].slug},2014-q4,10,5,20,A slip of ours"

    assert sent_file(desk, council, f"{HEAD},reason\n{right}\n").status_code == 302

    assert ServiceReturn.objects.get(version=2).for_comparison_only


def test_signs_that_no_database_keeps_are_left_out_of_a_reason(desk, council, services):
    ServiceReturnFactory(council=council, service=services[0], quarter=dt.date(2014, 10, 1))
    row = {"service": services[0].slug, "quarter": "2014-q4", "completed": "9", "reason": "A slip\0 of ours"}

    desk.post(f"/councils/{council.slug}/indicators/upload/", {"carried": json.dumps([[2, row]]), "shown": ""})

    assert ServiceReturn.objects.get(version=2).reason == "A slip of ours"


def test_a_correction_in_the_form_asks_why(desk, council, services):
    row = {"service": services[0].slug, "quarter": "2014-q4", "completed": "9"}
    ServiceReturnFactory(council=council, service=services[0])
    carried = json.dumps([[2, row]])

    answer = desk.post(f"/councils/{council.slug}/indicators/upload/", {"carried": carried, "shown": ""})

    assert answer.status_code == 422
    assert "Say why it changes" in answer.content.decode()
    assert answer.context["correct"].shown == "2"


def test_the_summary_of_what_is_wrong_names_the_service_of_each_box(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"

    page = desk.post(form, typed(desk, form, **{"completed-1": "1,2oo", "completed-2": "1.5"})).content.decode()

    summary = page[page.index("There is a problem") : page.index("<h1")]
    assert "Parking permits of old, finished in all channels: Write it in figures" in summary
    assert "Bins of old, finished in all channels: Give a whole number" in summary


def test_the_versions_are_a_file_too_that_says_the_same_to_every_reader(client, desk, council, officer):
    old = ServiceReturnFactory(council=council, replaced_at=dt.datetime(2015, 2, 1, tzinfo=dt.UTC), completed=90)
    hidden = {"completed": 91, "for_comparison_only": True, "replaced_at": old.replaced_at}
    more = {"council": council, "service": old.service, "returned_by": officer}
    ServiceReturnFactory(version=2, **hidden, **more)
    new = ServiceReturnFactory(version=3, reason="A form came late", **more)
    address = f"/services/{old.service.slug}/returns/{council.slug}/2014-q4/"

    assert f"{address}?format=csv" in desk.get(address).content.decode()
    rows = desk.get(f"{address}?format=json").json()["rows"]
    assert [(row["Version"], row["Finished in all channels"]) for row in rows] == [(3, 100), (1, 90)]
    assert rows[0]["Why it is corrected"] == "A form came late"
    assert str(officer) not in desk.get(f"{address}?format=csv").content.decode()

    ServiceReturn.objects.filter(pk=new.pk).update(for_comparison_only=True)
    assert "format=csv" not in desk.get(address).content.decode()
    assert desk.get(f"{address}?format=json").json()["rows"] == []
    client.logout()
    assert client.get(f"{address}?format=json").status_code == 404


def test_versions_are_shown_with_what_changed_and_hidden_once_for_comparison_only(client, desk, council, officer):
    old = ServiceReturnFactory(council=council, replaced_at=dt.datetime(2015, 2, 1, tzinfo=dt.UTC))
    new = ServiceReturnFactory(
        council=council,
        service=old.service,
        version=2,
        completed_web=70,
        reason="A form came late",
        returned_by=officer,
    )
    address = f"/services/{old.service.slug}/returns/{council.slug}/2014-q4/"

    answer = desk.get(address)
    page = answer.content.decode()
    assert "A form came late" in page
    heads = [
        [head if isinstance(head, str) else head[0] for head in each["columns"]] for each in answer.context["versions"]
    ]
    assert heads == [["Number", "Before", "Now"], ["Number", "Said"]], "nothing stood before the first"
    assert [row[0] for row in answer.context["versions"][1]["rows"]] == [
        "Cost in pounds", "Finished in all channels", "Finished on the web", "Begun on the web",
    ]  # fmt: skip
    client.logout()
    assert str(officer) not in client.get(address).content.decode()

    ServiceReturn.objects.filter(pk=new.pk).update(for_comparison_only=True)
    assert client.get(address).status_code == 404
    client.force_login(officer)
    assert "For comparison only since this version" in client.get(address).content.decode()


def test_the_dashboard_says_how_many_of_the_top_are_measured(desk, council, services):
    ServiceReturnFactory(council=council, service=services[0], completed_web=101, started_web=100, completed=200)

    with clock.at(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        page = desk.get(f"/councils/{council.slug}/indicators/").content.decode()

    assert "1 of its top 2 services is measured" in page
    assert "over 100%" in page
    assert "due by" in page
    profile = desk.get(council.get_absolute_url()).content.decode()
    assert f"/councils/{council.slug}/indicators/" in profile


def test_the_dashboard_takes_as_many_queries_for_many_rows(client, council, officer, django_assert_max_num_queries):
    services = ServiceFactory.create_batch(20)
    choose_top_services(council, by=officer, services=services)
    for each in services:
        ServiceReturnFactory(council=council, service=each)
        ServiceReturnFactory.create_batch(3, service=each)

    with django_assert_max_num_queries(12):
        client.get(f"/councils/{council.slug}/indicators/")


def test_the_list_is_chosen_on_a_page(desk, council):
    one, other = ServiceFactory(), ServiceFactory()
    address = f"/councils/{council.slug}/indicators/top/"

    twice = desk.post(address, {"place-1": one.slug, "place-2": one.slug})
    assert "stands at place 1 too" in twice.content.decode()
    assert desk.post(address, {"place-1": other.slug, "place-7": one.slug}).status_code == 302
    assert [each.service for each in council.top_services.all()] == [other, one]
