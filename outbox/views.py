from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.answering import pressed
from core.permissions import allow
from outbox.models import Message
from outbox.operations import send_again
from outbox.permissions import can_send_again


@allow(can_send_again, because="Only the secretariat has a message sent again.")
@require_POST
def send_it_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The button on a message's page in the admin."""
    message = get_object_or_404(Message, pk=pk)
    return pressed(
        request, send_again, message, said="The message is sent again.", to=reverse("messages:inspect", args=[pk])
    )
