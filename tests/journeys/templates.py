"""Which page template an answer came from, said in a header; tests/journeys/settings.py puts it into the site."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.template.loader_tags import ExtendsNode
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render

HEADER = "x-template"
_pages: ContextVar[list[str]] = ContextVar("pages")


def _note(template: Template, **about: object) -> None:
    if template.name and template.nodelist.get_nodes_by_type(ExtendsNode):
        _pages.get([]).append(template.name)


class NamesTemplate:
    """Names the page: the first template that extends another, since those it extends are rendered after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        Template._render = instrumented_test_render
        template_rendered.connect(_note)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _pages.set([])
        response = self.get_response(request)
        if names := _pages.get():
            response[HEADER] = names[0]
        return response
