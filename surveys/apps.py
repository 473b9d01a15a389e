from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from accounts.models import User
        from core import inbox, panels
        from councils import reach
        from councils.models import Organisation
        from events.models import Skill
        from surveys.fieldwork import receivers
        from surveys.fieldwork.inbox import surveys_that_run
        from surveys.fieldwork.panels import kept_of_addresses
        from surveys.results.council import survey_of_council
        from surveys.results.reach import councils_that_answered
        from surveys.results.skills import survey_of_skill

        receivers.connect()
        panels.register(Skill, survey_of_skill)
        panels.register(Organisation, survey_of_council)
        panels.register(User, kept_of_addresses)
        inbox.register("waiting", surveys_that_run)
        reach.register(
            "survey", reach.RadarMeasure("Survey answered", "answered the annual survey", councils_that_answered)
        )
