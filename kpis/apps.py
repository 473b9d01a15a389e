from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self) -> None:
        from core import inbox, panels
        from councils import data
        from councils.models import Organisation, Service
        from kpis.facts.models import FactCard
        from kpis.facts.offered import figures_of_facts
        from kpis.facts.panels import facts_of_council
        from kpis.indicators.inbox import figures_to_return
        from kpis.indicators.offered import figures_of_returns
        from kpis.indicators.open_data import returns_of_council
        from kpis.indicators.panels import figures_of_council
        from kpis.volumes.panels import visits_of_service
        from publishing.blocks import live
        from publishing.interview import own_figures

        data.register(returns_of_council)
        inbox.register("waiting", figures_to_return)
        live.register_kinds(live.RecordKind("facts", "Fact card", FactCard.objects.all))
        live.register_reader("fact card", lambda card: {"card": card, "card_template": "kpis/facts/embedded.html"})
        own_figures.register(figures_of_returns, figures_of_facts)
        panels.register(Organisation, figures_of_council)
        panels.register(Organisation, facts_of_council)
        panels.register(Service, visits_of_service)
