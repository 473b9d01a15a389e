"""Addresses above those of single records, which have no list of their own: each leads to where they are listed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.permissions import allow, anyone


@allow(anyone)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Business cases stand with their projects."""
    return redirect("steering:portfolio")


@allow(anyone)
@require_safe
def motions(request: HttpRequest) -> HttpResponse:
    """What runs stands in what waits for the board; what came of it is a decision."""
    return redirect(f"{reverse('steering:board')}#waiting")


@allow(anyone)
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Papers stand with their meetings."""
    return redirect("steering:meetings")


@allow(anyone)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Assessments stand with their projects."""
    return redirect("steering:portfolio")


@allow(anyone)
@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """The departments are a matrix of the strategy."""
    return redirect(f"{reverse('steering:strategy')}#departments")
