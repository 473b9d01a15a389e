from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import privacy  # noqa: F401 - registers the check once every model is there
