"""The wave that a page of analysts is about."""

from django.http import Http404

from surveys.fieldwork.models import Fieldwork


def running_of(year: int) -> Fieldwork:
    """The running of a year's wave; not found where that year is not run here."""
    rows = Fieldwork.objects.select_related("wave", "wave__questions", "round")
    found = rows.filter(wave__year=year).first()
    if found is None:
        raise Http404
    return found
