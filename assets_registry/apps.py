from django.apps import AppConfig


class AssetsRegistryConfig(AppConfig):
    name = "assets_registry"
    verbose_name = "Asset registry"

    def ready(self) -> None:
        from assets_registry import inbox
        from core import inbox as week

        week.register("waiting", inbox.entries_sent_back, inbox.entries_to_publish)
        week.register("new", inbox.assets_for_our_services)
