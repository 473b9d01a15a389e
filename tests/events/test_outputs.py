"""What came out of a day: slides, recordings, notes and decisions, beside its needs, prototypes and projects."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core.errors import Refused
from events.models import Event, Output
from events.outputs.operations import MOST_OUTPUTS, add_output, remove_output
from search.sources.votes import event_document
from tests.factories.events import EventFactory, output_of
from tests.factories.projects import NeedFactory, ProjectFactory, PrototypeFactory
from tests.pages import words

pytestmark = pytest.mark.django_db

LINK = "https://example.org/slides"
PDF = b"%PDF-1.7 of the day"


def sent(name="slides.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def add(event, by, **fields):
    return add_output(event, by=by, **{"kind": "slides", "title": "What we found", "link": LINK, **fields})


def page(client, event):
    return words(client.get(event.get_absolute_url()))


def test_all_that_came_out_stands_in_one_order(client):
    event = EventFactory(ended=True)
    event.needs.add(NeedFactory(title="A need"))
    prototype = PrototypeFactory(title="A prototype")
    event.prototypes.add(prototype)
    ProjectFactory(prototype=prototype, title="A project")
    for kind in reversed(Output.Kind.values):
        output_of(event, kind=kind, title=f"It is {kind}", link=f"{LINK}/{kind}")

    text = page(client, event).partition("What came out")[2]

    names = ("A need", "A prototype", "A project", *(f"It is {kind}" for kind in Output.Kind.values))
    places = [text.index(f">{name}</a>") for name in names]
    assert places == sorted(places)


def test_where_nothing_came_out_the_page_says_so(client):
    assert "Nothing has been noted" in page(client, EventFactory(ended=True))
    assert "The day is not over" in page(client, EventFactory(started=True))


def test_those_who_run_the_event_add_a_link_once_and_take_it_off(client, fatima, amina):
    event = EventFactory(ended=True)
    with pytest.raises(PermissionDenied):
        add(event, amina)

    output = add(event, fatima)
    assert add(event, fatima) == output
    assert f'href="{LINK}"' in page(client, event)
    remove_output(output, by=fatima)
    assert LINK not in page(client, event)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"link": ""}, "link"),
        ({"document": "a document"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ssh://git@example.org/slides"}, "link"),
        ({"link": "https://intranet.local/slides"}, "link"),
        ({"link": "", "document": ("page.html", PDF)}, "document"),
        ({"link": "", "document": ("slides.pdf", b"<script>")}, "document"),
    ],
)
def test_what_is_no_link_or_document_for_everybody_is_refused(fatima, fields, field):
    document = fields.get("document")
    files = {"document": sent() if document == "a document" else sent(*document)} if document else {}

    with pytest.raises(Refused) as refusal:
        add(EventFactory(ended=True), fatima, **fields | files)
    assert refusal.value.field == field


@pytest.mark.parametrize("fields", [{}, {"started": True, "state": Event.State.CANCELLED}])
def test_nothing_comes_out_of_a_day_before_it_or_of_one_that_was_cancelled(fatima, fields):
    with pytest.raises(Refused, match="nothing came out"):
        add(EventFactory(**fields), fatima)


def test_an_event_holds_so_many_and_no_more(fatima, monkeypatch):
    monkeypatch.setattr("events.outputs.operations.MOST_OUTPUTS", 1)
    event = EventFactory(ended=True)
    add(event, fatima)

    with pytest.raises(Refused, match="at most 1"):
        add(event, fatima, link=f"{LINK}/2")
    assert MOST_OUTPUTS > 1


def test_a_document_is_saved_by_its_reader_and_never_opened_as_a_page_of_the_site(client, fatima):
    event = EventFactory(ended=True)
    output = add(event, fatima, link="", document=sent("../../What: we found.PDF"))

    answer = client.get(output.get_absolute_url())

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="what-we-found.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert output.get_absolute_url() in page(client, event)


def test_a_document_of_a_draft_is_read_by_nobody_else(client, fatima):
    output = add(EventFactory(ended=True), fatima, link="", document=sent())
    Event.objects.update(state=Event.State.DRAFT)

    assert client.get(output.get_absolute_url()).status_code == 404


def test_a_document_goes_with_its_row(fatima, django_capture_on_commit_callbacks):
    output = add(EventFactory(ended=True), fatima, link="", document=sent())
    storage, name = output.document.storage, output.document.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        remove_output(output, by=fatima)
    assert not storage.exists(name)


def test_the_page_adds_one_and_keeps_what_was_typed_where_something_is_wrong(signed_in, fatima):
    event, client = EventFactory(ended=True), signed_in(fatima)
    address = f"{event.get_absolute_url()}brought-forth/"
    typed = {"kind": "notes", "title": "Notes of the day", "link": "no address at all"}

    wrong = client.post(f"{address}add/", typed)
    assert wrong.status_code == 422
    assert all(
        words in wrong.content.decode() for words in ("Notes of the day", "no address at all", "begins with https")
    )

    done = client.post(f"{address}add/", typed | {"link": LINK}, follow=True)
    assert "Take off" in done.content.decode()
    output = event.outputs.get()
    client.post(f"{address}{output.pk}/take-off/")
    assert not event.outputs.exists()


def test_search_finds_an_event_by_what_came_out_of_it():
    event = EventFactory(ended=True)
    output_of(event, title="Zebra crossings explained")

    assert "Zebra crossings explained" in event_document(event).labels


def test_the_database_keeps_to_a_link_or_a_document_and_to_each_link_once():
    event = EventFactory(ended=True)
    output_of(event)

    for fields in ({}, {"link": ""}, {"link": f"{LINK}/2", "document": "slides.pdf"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            output_of(event, **fields)
