"""Four of Wagtail's apps without its API for programs, to which the portal gives no address.

Each adds its part to that API when the site starts, which took a quarter of every start. Here the parts meet a
stand-in that keeps nothing.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Self

from django.apps import AppConfig
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig


class _Nothing(ModuleType):
    """A module in which every name can be called and does nothing."""

    def __getattr__(self, name: str) -> Self:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object) -> None:
        return None


@contextmanager
def _no_api(app: str) -> Iterator[None]:
    modules = ["wagtail.api.v3.api", *(f"{app}.api.{name}" for name in ("v3", "v3.registry", "v3.router"))]
    sys.modules.update({name: _Nothing(name) for name in modules})
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]


class _WithoutApi(AppConfig):
    def ready(self) -> None:
        with _no_api(self.name):
            super().ready()


class Redirects(_WithoutApi, WagtailRedirectsAppConfig): ...


class Documents(_WithoutApi, WagtailDocsAppConfig): ...


class Images(_WithoutApi, WagtailImagesAppConfig): ...


class Snippets(_WithoutApi, WagtailSnippetsAppConfig): ...
