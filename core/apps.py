from functools import partialmethod

from django.apps import AppConfig
from django.forms import EmailField


class CoreConfig(AppConfig):
    name = "core"

    def import_models(self) -> None:
        super().import_models()
        from core.forms import LONGEST_ADDRESS, check_address

        # In libraries' forms too: an address that is typed here is written to, and kept. Before any app is ready, since
        # being ready some import their forms.
        EmailField.default_validators = [check_address]
        EmailField.__init__ = partialmethod(  # type: ignore[method-assign,assignment]  # Django takes 320
            EmailField.__init__, max_length=LONGEST_ADDRESS
        )

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from core.connections import take_long_statements

        connection_created.connect(take_long_statements)
        from core import key_folder, privacy  # noqa: F401 - registers the checks once every model is there
