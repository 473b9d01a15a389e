from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from core import inbox as week
        from events import inbox

        week.register("waiting", inbox.days_to_run)
        week.register("days", inbox.days_with_places)
