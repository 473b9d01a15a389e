from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from accounts import rights
        from accounts.guards import BEFORE_CLOSING
        from audit.owners import names_owner
        from core import inbox as week
        from core import panels
        from councils import leaving, succession
        from events import inbox
        from events import leaving as own_leaving
        from events import succession as own_succession
        from events.desk.running import desk_to_run, prototypes_of_event
        from events.event import running
        from events.floor.lines import floor_to_run
        from events.inviting.running import invitations_to_run
        from events.leads.inbox import leads_to_follow
        from events.models import Event, Lead, Organiser, PlaceOffer, SignUp
        from events.organisers.inbox import events_to_run
        from events.places import receivers  # noqa: F401 - connects them
        from events.places.operations import leave_coming_events
        from events.programme.planning import next_day, step_two
        from events.running import lines
        from events.series.panels import days_of_series
        from events.speaking.running import speakers_to_run
        from projects.models import Discovery

        rights.rest_on(Organiser)
        BEFORE_CLOSING.register(leave_coming_events)
        names_owner(SignUp, key="reference")
        names_owner(PlaceOffer, key="key", person="colleague")
        names_owner(Lead, key="reference")
        week.register(
            "waiting",
            inbox.days_to_run,
            inbox.places_kept,
            inbox.places_offered,
            inbox.places_to_agree,
            leads_to_follow,
            events_to_run,
        )
        week.register("new", inbox.days_announced)
        week.register("days", inbox.own_days, inbox.days_with_places)
        panels.register(Discovery, next_day)
        panels.register(Discovery, step_two)
        panels.register(Event, days_of_series)
        running.register("now", desk_to_run, prototypes_of_event, floor_to_run)
        running.register(
            "before",
            lines.sign_ups_to_run,
            lines.needs_to_run,
            lines.questions_to_run,
            lines.messages_to_run,
            invitations_to_run,
            lines.organisers_to_run,
            speakers_to_run,
        )
        running.register("after", lines.outputs_to_run, lines.feedback_to_run, lines.thanks_to_run)
        succession.register(*own_succession.RUNNING)
        leaving.register(*own_leaving.OF_ONE_PERSON)
