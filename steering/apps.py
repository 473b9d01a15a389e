from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = "The steering board"

    def ready(self) -> None:
        from core import inbox as week
        from events.outputs import following
        from steering import inbox
        from steering.after_events import DECISIONS

        following.register(DECISIONS)
        week.register("waiting", inbox.cases_to_decide, inbox.reviews_to_hold, inbox.updates_that_are_late)
        week.register("moved", inbox.decisions_on_our_projects)
