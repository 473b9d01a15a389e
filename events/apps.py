from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from core import inbox as week
        from core import panels
        from events import inbox
        from events.leads.inbox import leads_to_follow
        from events.programme.planning import next_day
        from projects.models import Discovery

        week.register("waiting", inbox.days_to_run, inbox.places_offered, leads_to_follow)
        week.register("days", inbox.own_days, inbox.days_with_places)
        panels.register(Discovery, next_day)
