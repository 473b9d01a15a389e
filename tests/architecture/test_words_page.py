"""What docs/words.md says stands in the code stands there."""

import importlib
import re

from django.conf import settings

PAGE = (settings.BASE_DIR / "docs/words.md").read_text()
NAME = re.compile(r"`([a-z_]+(?:\.[a-z_]+)*)(?:\.([A-Z]\w+))?`")


def stands(module: str, name: str) -> bool:
    """Whether a module, or a name in it or in the models of its app, is there."""
    for where in (module, f"{module}.models"):
        try:
            found = importlib.import_module(where)
        except ModuleNotFoundError:
            continue
        if not name or hasattr(found, name):
            return True
    return False


def test_every_module_and_model_that_the_page_of_words_names_is_there():
    named = [(module, name) for module, name in NAME.findall(PAGE) if name or ("." in module and ".py" not in module)]

    assert len(named) > 25
    assert [f"{module}.{name}" for module, name in named if not stands(module, name)] == []
