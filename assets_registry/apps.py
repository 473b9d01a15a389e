from django.apps import AppConfig


class AssetsRegistryConfig(AppConfig):
    name = "assets_registry"
    verbose_name = "Asset registry"

    def ready(self) -> None:
        from assets_registry import inbox
        from assets_registry.models import Asset
        from assets_registry.panels import alike_panel, asset_promises, project_promises
        from core import inbox as week
        from core import panels
        from councils.models import Organisation
        from projects.models import Project

        panels.register(Project, project_promises)
        panels.register(Asset, asset_promises)
        panels.register(Organisation, alike_panel)
        week.register("waiting", inbox.entries_sent_back, inbox.entries_to_publish, inbox.adoptions_to_confirm)
        week.register("waiting", inbox.benefits_to_check)
        week.register("moved", inbox.new_adopters, inbox.changes_of_our_assets)
        week.register("new", inbox.assets_for_our_services)
