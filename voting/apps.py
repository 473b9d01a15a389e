from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "voting"

    def ready(self) -> None:
        from core import panels
        from events.models import Event
        from projects.models import Project, Prototype
        from voting.panels import vote_of_project, votes_of_event, votes_of_prototype

        panels.register(Event, votes_of_event)
        panels.register(Prototype, votes_of_prototype)
        panels.register(Project, vote_of_project)
