from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self) -> None:
        from core import panels
        from councils.models import Organisation
        from kpis.indicators.panels import figures_of_council

        panels.register(Organisation, figures_of_council)
