from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from core import inbox, panels
        from councils import reach
        from events.models import Skill
        from surveys.fieldwork import receivers
        from surveys.fieldwork.inbox import surveys_that_run
        from surveys.results.reach import councils_that_answered
        from surveys.results.skills import survey_of_skill

        receivers.connect()
        panels.register(Skill, survey_of_skill)
        inbox.register("waiting", surveys_that_run)
        reach.register(
            "survey", reach.RadarMeasure("Survey answered", "answered the annual survey", councils_that_answered)
        )
