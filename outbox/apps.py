from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Other messages"

    def ready(self) -> None:
        from outbox import receivers  # noqa: F401 - they listen from now on
