from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self) -> None:
        from core import panels
        from councils.models import Service
        from kpis.volumes.panels import visits_of_service

        panels.register(Service, visits_of_service)
