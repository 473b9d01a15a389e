"""Every form comes out in the GOV.UK pattern: label, hint, error beside the field, typed text kept."""

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.utils import timezone
from django.utils.safestring import mark_safe

from core.forms import NumberField, TextField
from design_system.errors import listed_errors
from design_system.example_forms import EveryField
from design_system.forms import DateField, DateTimeField, DesignSystemRenderer
from tests.design_system.html import Strict


class Need(forms.Form):
    title = forms.CharField(label="What is the need?", help_text="One line.", max_length=120)
    cost = forms.IntegerField(label="Cost", required=False)
    role = forms.ChoiceField(label="Role", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    since = DateField(label="Since when?", required=False)


def page(form: forms.Form) -> str:
    return engines["django"].from_string("{% error_prefix %}{% error_summary form %}{{ form }}").render({"form": form})


def tag_with(html: str, **attributes: str) -> dict:
    return next(
        given for _, given in Strict(html).tags if all(given.get(name) == value for name, value in attributes.items())
    )


def test_a_label_and_a_hint_belong_to_their_field():
    html = str(Need())

    assert tag_with(html, id="id_title")["aria-describedby"] == "id_title_helptext"
    assert tag_with(html, **{"for": "id_title"})
    assert tag_with(html, id="id_title_helptext")


def test_an_error_stands_beside_its_field_and_is_announced_with_it():
    control = tag_with(page(Need({})), id="id_title")

    assert control["aria-invalid"] == "true"
    assert "id_title_error" in control["aria-describedby"].split()


def test_an_error_says_what_to_do():
    html = page(Need({}))

    assert "This field is required" not in html
    assert "Fill in “What is the need?”" in html or "Fill in “What is the need”" in html


class Answers(forms.Form):
    words = TextField(label="What do you need?", max_length=10)
    name = forms.CharField(label="Name", max_length=5)
    people = NumberField(label="How many come?", min_value=1, max_value=500)
    email = forms.EmailField(label="E-mail address")


def test_text_that_is_too_long_is_never_cut_without_a_word_and_stays_in_the_box():
    html = page(Answers({"words": "12345678901", "name": "Ottilie"}))

    assert "maxlength=" not in html.replace("data-maxlength=", "")
    assert "This has 11 characters. Keep it to 10 or fewer." in html
    assert "12345678901</textarea>" in html
    assert 'value="Ottilie"' in html


def test_the_summary_says_which_field_each_error_is_about_and_what_would_be_right():
    found = [
        words for words, _ in listed_errors(Answers({"words": "x", "name": "Jo", "people": "many", "email": "jo"}))
    ]

    assert found == [
        "How many come?: Enter a number from 1 to 500.",
        "Enter an e-mail address, like name@council.gov.uk.",
    ]


class Sums(forms.Form):
    title = forms.CharField(label="Title", max_length=1200)
    saved = forms.DecimalField(label="Saved", max_digits=6, decimal_places=2)
    people = forms.IntegerField(label="People", min_value=1, max_value=5000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "x" * 10_000}, "This has 10,000 characters. Keep it to 1,200 or fewer."),
        ({"saved": "9" * 30}, "Enter a number of at most 6 digits."),
        ({"saved": "1.234"}, "Enter at most 2 digits after the point."),
        ({"saved": "12345.1"}, "Enter at most 4 digits before the point."),
        ({"people": "0"}, "Enter 1 or more."),
        ({"people": "5001"}, "Enter 5,000 or less."),
    ],
)
def test_a_limit_that_has_no_words_of_its_own_says_what_to_enter(typed, sentence):
    html = page(Sums({"title": "Bins", "saved": "1", "people": "2", **typed}))

    assert html.count(sentence) == 2  # in the summary and beside the field
    assert "Ensure" not in html


def test_one_form_under_two_names_is_listed_once():
    source = "{% error_summary form verify_form %}"
    form = Need({"role": "a"})

    html = engines["django"].from_string(source).render({"form": form, "verify_form": form})

    assert html.count("Fill in") == 1


def test_the_summary_leads_to_each_field():
    html = page(Need({"since_day": "31", "since_month": "2", "since_year": "2014"}))
    targets = {given["href"].removeprefix("#") for name, given in Strict(html).tags if name == "a"}

    assert targets == {"id_title", "id_role_0", "id_since_0"}
    assert targets <= set(Strict(html).ids)


def test_the_title_says_error_only_when_something_is_wrong():
    assert page(Need({})).startswith("Error: ")
    assert not page(Need()).startswith("Error: ")
    assert not page(Need({"title": "Bins", "role": "a"})).startswith("Error: ")


def test_an_error_of_no_field_stands_in_the_summary():
    form = Need({"title": "Bins", "role": "a"})
    form.add_error(None, "This event is full.")

    assert "This event is full." in engines["django"].from_string("{% error_summary form %}").render({"form": form})


def test_what_was_typed_is_kept():
    html = page(Need({"title": "Bins & <b>bags</b>", "cost": "lots", "since_day": "31", "since_month": "June"}))

    assert tag_with(html, id="id_title")["value"] == "Bins & <b>bags</b>"
    assert tag_with(html, id="id_cost")["value"] == "lots"
    assert tag_with(html, id="id_since_0")["value"] == "31"
    assert tag_with(html, id="id_since_1")["value"] == "June"


def test_choices_stand_in_a_group_with_a_legend():
    html = str(Need())

    assert Strict(html).count("fieldset") == 2  # the role and the date
    assert "<legend" in html


@pytest.mark.parametrize("name", ["role", "kinds"])
def test_radios_are_radios_and_boxes_are_boxes(name):
    html = str(EveryField()[name].as_field_group())

    assert f'data-module="govuk-{"radios" if name == "role" else "checkboxes"}"' in html


def test_a_field_one_may_leave_out_says_so():
    html = str(Need())

    assert html.count("(optional)") == 2


def test_a_filter_does_not_repeat_that_it_is_optional():
    form = Need()
    form.is_filter = True

    assert "(optional)" not in str(form)


def test_a_long_text_counts_its_words():
    html = str(EveryField())

    assert 'data-maxwords="300"' in html
    assert tag_with(html, id="id_story-info")


def test_every_kind_of_field_is_sound_html_empty_and_wrong():
    assert Strict(str(EveryField())).wrong == []
    assert Strict(page(EveryField({}))).wrong == []


class Meeting(forms.Form):
    day = DateField(label="Day")
    moment = DateTimeField(label="Moment", required=False)


def sent(**boxes: str) -> Meeting:
    return Meeting({f"day_{name}": value for name, value in boxes.items()})


@pytest.mark.parametrize("month", ["6", "06", "June", "jun"])
def test_a_day_is_read_from_three_boxes(month):
    form = sent(day="10", month=month, year="2014")

    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2014, 6, 10)


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({}, "Enter a date."),
        ({"day": "10", "month": "6"}, "The date must include a year."),
        ({"day": "10"}, "The date must include a month and a year."),
        ({"day": "31", "month": "2", "year": "2014"}, "There is no such day in that month."),
        ({"day": "x", "month": "2", "year": "2014"}, "The day must be a number from 1 to 31."),
        ({"day": "١", "month": "2", "year": "2014"}, "The day must be a number from 1 to 31."),
        ({"day": "1", "month": "2", "year": "14"}, "The year must be a number from 1900 to 2200."),
        ({"day": "9" * 20, "month": "2", "year": "2014"}, "The day must be a number from 1 to 31."),
        ({"day": "000001" + "0" * 14, "month": "2", "year": "2014"}, "The day must be a number from 1 to 31."),
        ({"day": "9" * 10_000, "month": "2", "year": "2014"}, "The day must be a number from 1 to 31."),
    ],
)
def test_a_wrong_day_gets_a_sentence(boxes, sentence):
    assert sent(**boxes).errors["day"] == [sentence]


@pytest.mark.parametrize("time", ["14:30", "14.30", "2:30pm", "2.30 PM"])
def test_a_moment_is_in_london(time):
    boxes = {"moment_day": "10", "moment_month": "6", "moment_year": "2014", "moment_time": time}
    form = Meeting({"day_day": "1", "day_month": "1", "day_year": "2014", **boxes})

    assert form.is_valid(), form.errors
    assert timezone.localtime(form.cleaned_data["moment"]) == timezone.make_aware(dt.datetime(2014, 6, 10, 14, 30))


def moment(day: str, month: str, time: str, clock: str = "", year: str = "2026") -> Meeting:
    boxes = {"moment_day": day, "moment_month": month, "moment_year": year, "moment_time": time, "moment_clock": clock}
    return Meeting({"day_day": "1", "day_month": "6", "day_year": "2026", **boxes})


def test_in_the_hour_that_comes_twice_the_form_asks_which():
    asked = moment("25", "10", "1:30")
    assert "01:30 comes twice. Which do you mean? Choose the first or the second." in str(asked.errors["moment"])

    for time, hour in (("1:30 BST", 0), ("1.30am gmt", 1)):
        form = moment("25", "10", time)
        assert form.is_valid()
        found = form.cleaned_data["moment"]
        assert found == dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)
        # As it is shown again, so it is read again.
        shown = tag_with(str(Meeting(initial={"moment": found})), name="moment_time")["value"]
        assert shown == f"01:30 {time[-3:].upper()}"
        again = moment("25", "10", shown)
        assert again.is_valid()
        assert again.cleaned_data["moment"] == found


@pytest.mark.parametrize(("clock", "hour"), [("BST", 0), ("GMT", 1)])
def test_which_of_two_is_meant_is_chosen_beside_what_was_typed(clock, hour):
    html = str(moment("25", "10", "1:30"))
    assert [tag_with(html, id=f"id_moment_clock_{n}")["value"] for n in (0, 1)] == ["BST", "GMT"]
    assert tag_with(html, name="moment_time")["value"] == "1:30"
    assert "moment_clock" not in str(moment("10", "6", "1:30"))

    form = moment("25", "10", "1:30", clock)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)
    assert "checked" in tag_with(str(form), value=clock), "a form that comes back for another reason keeps it"


@pytest.mark.parametrize("clock", ["", "CET", "x" * 5000])
def test_a_clock_that_there_is_not_is_asked_for_again(clock):
    assert "comes twice" in str(moment("25", "10", "1:30", clock).errors["moment"])


# The table of times: what is typed, and the moment in UTC or the sentence.
TIMES = [
    (("29", "3", "2026", "0:59"), dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC)),
    (("29", "3", "2026", "1:00"), "no such time"),
    (("29", "3", "2026", "1:30"), "no such time"),
    (("29", "3", "2026", "2:00"), dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)),
    (("28", "3", "2027", "1:30"), "no such time"),
    (("25", "10", "2026", "0:59"), dt.datetime(2026, 10, 24, 23, 59, tzinfo=dt.UTC)),
    (("25", "10", "2026", "1:30"), "comes twice"),
    (("25", "10", "2026", "2:00"), dt.datetime(2026, 10, 25, 2, tzinfo=dt.UTC)),
    (("31", "10", "2027", "1:30"), "comes twice"),
    (("29", "2", "2028", "9:00"), dt.datetime(2028, 2, 29, 9, tzinfo=dt.UTC)),
    (("29", "2", "2027", "9:00"), "There is no such day in that month."),
    (("31", "4", "2027", "9:00"), "There is no such day in that month."),
    (("31", "12", "2026", "23:59"), dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC)),
]


@pytest.mark.parametrize(
    ("typed", "means"), TIMES, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_is_typed_is_one_moment_or_a_sentence(typed, means):
    day, month, year, time = typed
    form = moment(day, month, time, year=year)

    if isinstance(means, str):
        assert means in str(form.errors["moment"])
        assert [tag_with(str(form), name=f"moment_{name}")["value"] for name in ("day", "time")] == [day, time]
    else:
        assert form.is_valid(), form.errors
        assert form.cleaned_data["moment"] == means


def test_a_time_that_no_clock_shows_gets_a_sentence():
    assert "no such time" in str(moment("29", "3", "1:30").errors["moment"])
    assert "The clocks show GMT on that day, not BST" in str(moment("10", "1", "9:00 BST").errors["moment"])
    assert moment("10", "1", "9:00 GMT").is_valid()


@pytest.mark.parametrize("time", ["", "25:00", "13pm", "noon", "9:99"])
def test_a_wrong_time_gets_a_sentence(time):
    boxes = {"moment_day": "10", "moment_month": "6", "moment_year": "2014", "moment_time": time}

    assert Meeting(boxes).errors["moment"]


def test_a_stored_moment_fills_its_boxes():
    html = str(Meeting(initial={"moment": timezone.make_aware(dt.datetime(2014, 6, 10, 9, 30))}))

    assert tag_with(html, name="moment_day")["value"] == "10"
    assert tag_with(html, name="moment_time")["value"] == "09:30"


class _Counts(forms.Form):
    votes_for = forms.IntegerField(label="For")
    votes_against = forms.IntegerField(label="Against")
    reason = forms.CharField(label="Why", error_messages={"required": "Say why."})


def test_two_errors_that_read_alike_name_their_fields_in_the_summary():
    listed = [words for words, _ in listed_errors(_Counts({"votes_for": "x", "votes_against": "y"}))]

    assert listed == ["For: Enter a whole number.", "Against: Enter a whole number.", "Say why."]


CHOICES = [("", "Any"), (1, 2014), ("a&b", '<b>"bold"'), ("North", [("x", mark_safe("<i>x</i>")), ("y", "Y")])]


@pytest.mark.parametrize("value", [None, "", "y", 2014, '<b>"bold"'])
@pytest.mark.parametrize(
    "widget",
    [forms.Select(choices=CHOICES), forms.TextInput(), forms.NumberInput(), forms.HiddenInput(), forms.DateInput()],
)
def test_a_control_is_what_djangos_templates_would_write(widget, value):
    attributes = {"id": "id_place", "class": 'a "b"', "required": True, "hidden": False}
    context = widget.get_context("place", value, attributes)

    assert DesignSystemRenderer().render(widget.template_name, context) == (
        TemplatesSetting().render(widget.template_name, context)
    )
