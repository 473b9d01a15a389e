from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import key_folder, privacy  # noqa: F401 - registers the checks once every model is there
