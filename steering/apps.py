from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = "The steering board"

    def ready(self) -> None:
        from accounts import rights
        from assets_registry.models import Asset
        from core import inbox as week
        from core import panels
        from councils.models import Organisation
        from events.models import Event
        from events.outputs import following
        from projects.models import Project
        from projects.portfolio import suggestion
        from steering import inbox
        from steering.after_events import DECISIONS
        from steering.after_promises import bring_agenda_up_to_date
        from steering.models import BoardSeat
        from steering.packs import sections
        from steering.panels import board_of_project, flag_of_council, motion_of_ballot, purposes_of_record
        from steering.signals import overdue_actions
        from take_up.guards import ONCE_ANSWERED
        from voting.models import Ballot

        following.register(DECISIONS)
        sections.register_all()
        ONCE_ANSWERED.register(bring_agenda_up_to_date)
        suggestion.add_source("actions", overdue_actions)
        panels.register(Ballot, motion_of_ballot)
        panels.register(Project, board_of_project)
        panels.register(Event, purposes_of_record)
        panels.register(Asset, purposes_of_record)
        rights.rest_on(BoardSeat)
        panels.register(Organisation, flag_of_council)
        week.register(
            "waiting",
            inbox.meetings_to_answer,
            inbox.actions_of_our_body,
            inbox.meetings_to_plan,
            inbox.motions_to_record,
            inbox.cases_to_decide,
            inbox.reviews_to_hold,
            inbox.actions_that_are_late,
            inbox.updates_that_are_late,
        )
        week.register("moved", inbox.decisions_on_our_projects)
