from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """What every app holds of a council comes together on its profile."""
        from core import panels
        from councils.models import Organisation
        from portal.contributions import contributions_panel

        panels.register(Organisation, contributions_panel)
