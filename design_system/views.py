from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.permissions import allow
from design_system.examples import EXAMPLES


def may_open_gallery(user: Any) -> bool:
    """Whether someone may open the gallery: staff, and everybody where the demo runs."""
    return settings.DEMO or (user.is_authenticated and user.is_staff)


@allow(may_open_gallery, because="The component gallery is for staff.")
def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery: every component with its worked example."""
    shown = [(example, example.render(request)) for example in EXAMPLES if not example.is_page_part]
    return render(request, "design_system/gallery.html", {"shown": shown})
