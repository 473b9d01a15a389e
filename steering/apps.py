from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = "The steering board"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from events.models import Event
        from steering import inbox
        from steering.panels import decisions_after_event

        panels.register(Event, decisions_after_event)
        week.register("waiting", inbox.cases_to_decide, inbox.reviews_to_hold, inbox.updates_that_are_late)
        week.register("moved", inbox.decisions_on_our_projects)
