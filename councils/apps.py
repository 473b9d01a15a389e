from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"

    def ready(self) -> None:
        from accounts import rights
        from audit import words as trail
        from core import inbox as week
        from councils import data, inbox, receivers, reorganising, succession  # noqa: F401 - the receivers listen from now on
        from councils.models import Membership, Organisation

        rights.rest_on(Membership, Organisation)
        data.register(data.the_council, data.systems_of_council)
        succession.register(*reorganising.OWN)
        trail.names_person(Membership, "person")
        week.register(
            "waiting", inbox.second_factor, inbox.own_places, inbox.members_to_confirm, inbox.systems_to_confirm
        )
        week.register("waiting", inbox.left_behind_here)
