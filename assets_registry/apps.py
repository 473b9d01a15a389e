from django.apps import AppConfig


class AssetsRegistryConfig(AppConfig):
    name = "assets_registry"
    verbose_name = "Asset registry"

    def ready(self) -> None:
        from assets_registry import inbox
        from assets_registry import leaving as own_leaving
        from assets_registry import succession as own_succession
        from assets_registry.council_data import assets_of_council
        from assets_registry.health import inbox as health
        from core import inbox as week
        from councils import data, leaving, succession

        week.register("waiting", inbox.entries_sent_back, inbox.entries_to_publish, health.problems_to_answer)
        week.register("moved", health.answers_to_my_problems)
        week.register("new", inbox.assets_for_our_services)
        succession.register(*own_succession.RUNNING)
        leaving.register(*own_leaving.OF_ONE_PERSON)
        data.register(assets_of_council)
