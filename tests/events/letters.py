"""Which messages operations have asked for."""

from outbox.models import Message


def letters(name: str = "") -> list[int]:
    """The keys of the records that messages of the kind `events.<name>`, else of any of events, are about, in order."""
    messages = Message.objects.filter(kind__startswith="events.").order_by("pk")
    if name:
        messages = messages.filter(kind=f"events.{name}")
    return list(messages.values_list("about_id", flat=True))
