"""The bare things that the portal is measured against."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from events.models import Event, SignUp
from projects.models import Need

View = Callable[[HttpRequest], HttpResponse]


def through_django(view: View, *, method: str = "get") -> Callable[[], HttpResponse]:
    """Call a view with a request, past every middleware."""
    factory = RequestFactory()
    return lambda: view(getattr(factory, method)("/"))


def bare_page(size: int) -> View:
    """One query of one row, and an answer of `size` bytes."""
    body = b"x" * size

    def page(request: HttpRequest) -> HttpResponse:
        Need.objects.order_by("pk").values_list("title").first()
        return HttpResponse(body)

    return page


def bare_sign_up(event: Event, people: list[User]) -> View:
    """The least a sign-up can be: a conditional count and a row, in one transaction; no form, no session, no trail."""
    waiting = iter(people)

    def sign_up(request: HttpRequest) -> HttpResponse:
        person = next(waiting)
        with transaction.atomic():
            Event.objects.filter(pk=event.pk, places_taken__lt=F("capacity")).update(
                places_taken=F("places_taken") + 1, next_position=F("next_position") + 1
            )
            SignUp.objects.create(
                event=event, person=person, status=SignUp.Status.CONFIRMED, position=1_000_000 + person.pk
            )
        return HttpResponse(status=302)

    return sign_up


def queries_of(run: Callable[[], object]) -> int:
    """How many queries `run` makes."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)
