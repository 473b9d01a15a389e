"""An event is copied without its people, dates and outputs; copied every few weeks, it is a series."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core import clock
from core.errors import Refused
from councils.models import Service
from events.event import agenda
from events.event.queries import agenda_of
from events.event.skills import Skill
from events.models import Access, Event, ParticipantKind, Series, SignUp
from events.places.operations import forget_names
from events.programme.operations import cancel_event, change_event
from events.series.operations import COPIED, COPIED_SETS, LEFT, MADE_ANEW, copy_event
from projects.models import Purpose
from questions.queries import asked
from sealing.operations import open_round
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import NeedFactory, PrototypeFactory
from tests.factories.questions import sign_up_question
from tests.pages import words

pytestmark = pytest.mark.django_db


def london(*parts):
    return timezone.make_aware(dt.datetime(*parts))


def a_day(fatima, harlow, **fields):
    event = EventFactory(
        title="Show and tell",
        starts_at=london(2027, 2, 1, 10),
        ends_at=london(2027, 2, 1, 16),
        sign_up_closes_at=london(2027, 1, 29, 17),
        host=harlow,
        contact=fatima,
        parking=Access.ASK,
        asks_diet=True,
        **fields,
    )
    change_event(event, by=fatima, agenda=agenda.read("10:00 Welcome\n15:30 Votes | Bring a phone"))
    return Event.objects.get(pk=event.pk)


def copied(event, fatima, **fields):
    start = london(2027, 3, 1, 13)
    given = {"title": "Again", "starts_at": start, "ends_at": start + dt.timedelta(hours=6)}
    return copy_event(event, by=fatima, **given | fields)


def test_all_is_copied_but_people_dates_and_outputs(fatima, harlow):
    event = a_day(fatima, harlow, cancelled_reason="")
    question = sign_up_question(event)
    ParticipantKind.objects.create(event=event, key="carer", name="Carer", is_needed=False)
    event.refresh_from_db()
    event.services.set(Service.objects.all()[:2])
    event.skills.set(Skill.objects.all()[:1] or [Skill.objects.create(name="Agile", slug="agile", order=1)])
    event.purposes.set(Purpose.objects.all()[:2])
    event.needs.add(NeedFactory())
    event.prototypes.add(PrototypeFactory())
    SignUpFactory(event=event)
    over = dict.fromkeys(("thanked_at", "feedback_asked_at", "names_gone_at"), clock.now())
    numbers = {"arrived": 1, "kept_over": 1, "revision": 3, "feedback_round": open_round("Feedback", length=64)}
    Event.objects.filter(pk=event.pk).update(
        is_illustrative=True, source="Issue 5", cancelled_reason="Snow.", **numbers, **over
    )

    copy = copied(event, fatima)

    copy.refresh_from_db()
    for field in COPIED:
        assert getattr(copy, field) == getattr(event, field), field
    for sets in COPIED_SETS:
        assert set(getattr(copy, sets).all()) == set(getattr(event, sets).all()) != set(), sets
    for field in LEFT - {"needs", "prototypes"}:
        assert getattr(copy, field) == Event._meta.get_field(field).get_default(), field
    assert [(kind.key, kind.name, kind.is_needed) for kind in copy.participant_kinds.all()] == [
        ("carer", "Carer", False)
    ]
    assert (copy.title, copy.state, copy.slug) == ("Again", "draft", "again")
    assert [each.key for each in asked(copy.question_set_id)] == [question.key]
    assert copy.question_set_id != event.question_set_id
    assert not copy.sign_ups.exists()
    assert not copy.needs.exists()
    assert not copy.prototypes.exists()


def test_each_field_of_an_event_is_copied_made_anew_or_left_by_decision():
    several = [COPIED, COPIED_SETS, MADE_ANEW, LEFT]

    assert sorted(name for names in several for name in names) == sorted(
        field.name for field in (*Event._meta.concrete_fields, *Event._meta.many_to_many)
    )


def test_a_copy_of_a_day_that_is_over_is_thanked_for_and_loses_its_names_in_its_turn(fatima, harlow):
    event = EventFactory(ended=True, host=harlow, names_gone_at=clock.now(), thanked_at=clock.now())

    copy = copied(event, fatima)

    place = SignUpFactory(event=copy, checked_in_at=copy.starts_at)
    with clock.at(copy.ends_at + dt.timedelta(days=365)):
        assert forget_names() == 1
    place.refresh_from_db()
    assert place.person is None


def test_the_agenda_and_the_closing_time_move_with_the_start(fatima, harlow):
    copy = copied(a_day(fatima, harlow), fatima)

    assert agenda.as_text(agenda_of(copy)) == "13:00 Welcome\n18:30 Votes | Bring a phone"
    assert copy.sign_up_closes_at == london(2027, 2, 26, 20)
    short = copied(a_day(fatima, harlow), fatima, ends_at=london(2027, 3, 1, 15))
    assert agenda.as_text(agenda_of(short)) == "13:00 Welcome"


def test_whoever_is_asked_about_the_one_is_not_put_down_for_the_other_by_somebody_else(fatima, sunita, harlow):
    event = a_day(fatima, harlow)

    assert copied(event, sunita).contact is None
    assert copied(event, fatima).contact == fatima


def test_every_two_weeks_is_the_same_time_by_the_clock_and_makes_a_series(fatima, harlow):
    event = a_day(fatima, harlow)

    first = copied(event, fatima, every_weeks=2, times=3, is_draft=False)

    days = list(Event.objects.exclude(pk=event.pk).order_by("starts_at"))
    assert [day.starts_at for day in days] == [london(2027, 3, day, 13) for day in (1, 15, 29)]
    assert timezone.localtime(days[2].starts_at).hour == timezone.localtime(days[0].starts_at).hour, (
        "29 March is in BST"
    )
    assert len({day.slug for day in days}) == 3
    event.refresh_from_db()
    assert {day.series for day in (event, *days)} == {Series.objects.get()}
    assert (first, first.series.name) == (days[0], "Show and tell")


def test_a_single_copy_joins_the_series_only_if_asked(fatima, harlow):
    event = a_day(fatima, harlow)

    assert copied(event, fatima).series is None
    one, other = copied(event, fatima, in_series=True), copied(event, fatima, in_series=True)

    assert one.series == other.series == Series.objects.get()


def test_a_time_that_the_clocks_skip_or_show_twice_makes_no_day(fatima, harlow):
    event = a_day(fatima, harlow)
    for start, says in ((london(2027, 3, 21, 1, 30), "does not exist"), (london(2027, 10, 24, 1, 30), "comes twice")):
        with pytest.raises(Refused, match=f"01:30 on .* {says}"):
            copied(event, fatima, starts_at=start, ends_at=start + dt.timedelta(hours=6), every_weeks=1, times=2)
    assert Event.objects.count() == 1


def test_which_of_two_hours_is_meant_is_asked_of_a_series_and_of_an_agenda_that_is_copied(signed_in, fatima):
    event = EventFactory(starts_at=london(2027, 2, 1, 0, 30), ends_at=london(2027, 2, 1, 5))
    change_event(event, by=fatima, agenda=agenda.read("1:30 The bread goes in"))
    client, address = signed_in(fatima), f"{event.get_absolute_url()}copy/"
    typed = {"title": "Again", "every_weeks": "1", "times": "2", "draft": "1"}
    for name, time in (("starts_at", "0:30"), ("ends_at", "5:00")):
        typed |= {f"{name}_day": "24", f"{name}_month": "10", f"{name}_year": "2027", f"{name}_time": time}
    assert "Which hour" not in client.get(address).content.decode()

    asked_back = client.post(address, typed)

    assert "01:30 on 31 October 2027 comes twice. Which do you mean?" in asked_back.content.decode()
    assert 'name="clock"' in asked_back.content.decode()
    client.post(address, typed | {"clock": "GMT"})
    _first, second = Event.objects.filter(title="Again").order_by("starts_at")
    [line] = agenda_of(second)
    assert (line.time, line.moment(second.starts_at)) == ("01:30 GMT", dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC))
    change_event(second, by=fatima, agenda=agenda.read(agenda.as_text(agenda_of(second))))


@pytest.mark.parametrize("times", [0, 27])
def test_a_series_has_a_bound(fatima, harlow, times):
    with pytest.raises(Refused, match="up to 26"):
        copied(a_day(fatima, harlow), fatima, every_weeks=1, times=times)


def test_only_those_who_run_events_copy_them(amina):
    with pytest.raises(PermissionDenied):
        copied(EventFactory(), amina)


def test_each_day_of_a_series_leads_to_the_next_that_takes_place(client, fatima, harlow):
    event = a_day(fatima, harlow)
    copied(event, fatima, every_weeks=2, times=2, is_draft=False)
    called_off, last = Event.objects.filter(title="Again").order_by("starts_at")
    cancel_event(called_off, by=fatima, reason="Snow.")
    copied(event, fatima, in_series=True, title="A draft")

    page = words(client.get(event.get_absolute_url()))

    section = page.partition('id="series"')[2].partition("</section>")[0]
    assert f'Next: <a class="govuk-link" href="{last.get_absolute_url()}">' in section
    assert "Cancelled · Again" in section
    assert "A draft" not in section
    assert "This day" in section


def test_the_page_copies_and_keeps_what_was_typed(signed_in, fatima, harlow):
    event, client = a_day(fatima, harlow), signed_in(fatima)
    address = f"{event.get_absolute_url()}copy/"
    typed = {"title": "Again", "every_weeks": "2", "times": "", "draft": "1"}
    for name, hour in (("starts_at", "13:00"), ("ends_at", "19:00")):
        typed |= {
            f"{name}_{part}": value
            for part, value in zip(("day", "month", "year", "time"), ("1", "3", "2027", hour), strict=True)
        }
    assert 'value="Show and tell"' in client.get(address).content.decode()

    refused = client.post(address, typed)
    assert "Enter how many days there are in all." in refused.content.decode()
    assert 'value="Again"' in refused.content.decode()
    done = client.post(address, typed | {"times": "2"}, follow=True)

    assert "2 days saved as drafts." in done.content.decode()
    assert SignUp.objects.count() == 0
    assert Event.objects.filter(title="Again", state=Event.State.DRAFT).count() == 2
    assert client.post(address, typed | {"every_weeks": "0", "times": "x"}).status_code == 302, "how many is not asked"
