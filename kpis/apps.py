from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self) -> None:
        from kpis.facts.models import FactCard
        from publishing.blocks import live

        live.register_kinds(live.RecordKind("facts", "Fact card", FactCard.objects.all))
        live.register_reader("fact card", lambda card: {"card": card, "card_template": "kpis/facts/embedded.html"})
