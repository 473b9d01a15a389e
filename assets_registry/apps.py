from django.apps import AppConfig


class AssetsRegistryConfig(AppConfig):
    name = "assets_registry"
    verbose_name = "Asset registry"

    def ready(self) -> None:
        from assets_registry.models import Asset
        from assets_registry.panels import asset_promises, project_promises
        from core import panels
        from projects.models import Project

        panels.register(Project, project_promises)
        panels.register(Asset, asset_promises)
