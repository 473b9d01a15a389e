from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self) -> None:
        from core import panels
        from events.models import Skill
        from surveys.results.skills import survey_of_skill

        panels.register(Skill, survey_of_skill)
