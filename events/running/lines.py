"""The lines of an event's page for those who run it that belong to no other subject: before the day, and after."""

from django.db.models import Count
from django.urls import reverse

from accounts.models import AnyUser
from core.inbox import Action
from core.words import counted, one_or_many, series
from events.asking.queries import all_questions
from events.event.models import Event
from events.event.running import RunLine
from events.feedback.queries import forms_given, is_opened, is_void
from events.places.models import SignUp
from events.places.queries import answers_of_event, waiting_count
from events.places.room import has_cap
from events.running.queries import held_by_domain, what_people_need


def _address(name: str, event: Event) -> str:
    return reverse(f"events:{name}", args=[event.slug])


def _second(text: str, name: str, event: Event) -> Action:
    return Action(text, _address(name, event), is_second=True)


def sign_ups_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How full it is and who waits; of a draft, that nobody can sign up yet."""
    if event.state == Event.State.DRAFT:
        announce = Action("Open it for everyone", _address("announce", event), is_post=True)
        return [RunLine("Sign-up", "A draft. Only those who run it see it.", announce)]
    waiting = waiting_count(event)
    queue = f", {waiting:,} waiting" if waiting else ""
    words = [f"{event.places_taken:,} of {counted(event.capacity, 'place')} taken{queue}"]
    words += [
        f"{counted(number, 'place is', 'places are')} held for addresses at {domain} that nobody has confirmed"
        for domain, number in held_by_domain(event)
    ]
    action = Action("See who comes", _address("people", event), is_second=event.check_in_is_open)
    return [RunLine("Sign-ups", f"{'. '.join(words)}.", action), _whose_places(event)]


def _whose_places(event: Event) -> RunLine:
    """For whom places are kept and how many are on offer, with the way to the page that changes it."""
    kept, pools = 0, 0
    for pool in event.pools.live_at(event.now):
        kept, pools = kept + pool.places, pools + 1
    words = f"{counted(kept, 'place')} kept in {counted(pools, 'pool')}." if pools else "Every place is for anybody."
    if has_cap(event):
        words += f" At most {event.council_cap:,} from one council."
    if offered := event.sign_ups.filter(status=SignUp.Status.OFFERED).count():
        words += f" {counted(offered, 'place is', 'places are')} on offer to whoever waited longest."
    return RunLine("Whose places", words, _second("Share out places", "places", event))


def needs_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many said what they need and what they do not eat, where it is asked or somebody did."""
    said = what_people_need(event)
    if not any(said.values()) and not event.asks_access_needs and not event.asks_diet:
        return []
    needs, diets = (said[name] for name in ("access_needs", "diet"))
    words = f"{counted(needs, 'person', 'people') if needs else 'Nobody'} said what they need"
    if event.asks_diet or diets:
        words += f", {diets:,} what they do not eat"
    return [RunLine("Access needs", f"{words}.", _second("Read what people need", "answers", event))]


def questions_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many questions the event asks at sign-up and how many people have answered."""
    asked = [question for question in all_questions(event) if question.archived_at is None]
    words = "None of its own"
    if asked:
        words = f"{counted(len(asked), 'question')}, answered by {counted(answers_of_event(event), 'person', 'people')}"
    return [RunLine("Questions", f"{words}.", _second("Questions at sign-up", "questions", event))]


def organisers_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many run this event besides facilitators and the secretariat."""
    number = event.organisers.aggregate(accepted=Count("person"), all=Count("pk"))
    waits = number["all"] - number["accepted"]
    words = counted(number["accepted"], "organiser") if number["accepted"] else "No organiser of its own"
    asked = f". {waits:,} more {one_or_many(waits, 'was', 'were')} asked" if waits else ""
    return [RunLine("Organisers", f"{words}{asked}.", _second("Organisers", "organisers", event))]


def outputs_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """What has been noted as brought forth, once the event has started."""
    if event.state == Event.State.DRAFT or not event.has_started:
        return []
    needs, prototypes = event.needs.count(), event.prototypes.count()
    parts = [
        *([counted(needs, "need")] if needs else []),
        *([counted(prototypes, "prototype")] if prototypes else []),
    ]
    words = f"{series(parts, last='and')} noted." if parts else "Nothing noted yet."
    action = Action("Note what came out", _address("brought_forth", event), is_second=bool(parts))
    return [RunLine("What came out", words, action)]


def feedback_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """Where its feedback stands: how many have given it, and when it can be read."""
    if event.state == Event.State.DRAFT or not event.has_started:
        return []
    given = forms_given(event)
    words = f"{given:,} of {counted(event.arrived, 'person', 'people')} who came gave feedback. "
    if is_void(event):
        words += "It cannot be read: its key was lost."
    elif is_opened(event) or not event.takes_feedback:
        words += "What they said stands on the event’s page, where enough answered."
    else:
        words += "It can be read two weeks after the event."
    return [RunLine("Feedback", words, Action("See the event’s page", event.get_absolute_url(), is_second=True))]


def _messages(event: Event, text: str, audience: str) -> list[RunLine]:
    if event.state == Event.State.DRAFT:
        return []
    sent = event.messages.filter(audience=audience).count() if audience == "came" else event.messages.count()
    words = f"{counted(sent, 'message')} sent." if sent else "None sent."
    address = reverse("events:message", args=[event.slug], query={"audience": audience})
    return [RunLine("Messages" if audience != "came" else "Thank-you", words, Action(text, address, is_second=True))]


def messages_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many messages went to its people."""
    return _messages(event, "Write to people", "place")


def thanks_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many messages went to those who came."""
    return _messages(event, "Thank those who came", "came") if event.arrived else []
