from django.apps import AppConfig


class TakeUpConfig(AppConfig):
    name = "take_up"
    verbose_name = "Take-up"

    def ready(self) -> None:
        from assets_registry import uses
        from assets_registry.models import Asset
        from core import inbox as week
        from core import panels
        from councils import data, leaving, succession
        from councils.models import Organisation
        from projects.interest.adopting import ADOPTED_AT
        from projects.models import Project
        from projects.portfolio import suggestion
        from take_up import inbox
        from take_up import leaving as own_leaving
        from take_up import succession as own_succession
        from take_up.asset_page import links, on_page
        from take_up.council_data import commitments_of_council, uses_of_council
        from take_up.lists import LEDGER, promised_by
        from take_up.panels import alike_panel, asset_promises, project_plan, project_promises
        from take_up.queries import most_used_first, take_ups
        from take_up.queries.commitments import commitment_address
        from take_up.shortlist import button
        from take_up.signals import missed_promises

        uses.register(uses.Uses(take_ups, most_used_first, on_page, links, button))
        suggestion.add_source("promises", missed_promises)
        ADOPTED_AT.register(commitment_address)
        panels.register(Project, project_promises)
        panels.register(Project, project_plan)
        panels.register(Asset, asset_promises)
        panels.register(Organisation, alike_panel)
        week.register("waiting", inbox.adoptions_to_confirm, inbox.commitments_to_confirm)
        week.register("waiting", inbox.measurements_to_check, inbox.promises_to_measure)
        week.register("waiting", inbox.our_promises, inbox.commitments_to_renew)
        week.register("moved", inbox.new_adopters, inbox.changes_of_our_assets)
        succession.register(*own_succession.RUNNING)
        leaving.register(*own_leaving.OF_ONE_PERSON)
        data.register(
            uses_of_council,
            commitments_of_council,
            data.of_list(LEDGER, "What is to get better, with what was measured of it", promised_by),
        )
