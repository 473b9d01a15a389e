"""The macros render what GOV.UK Frontend's own fixtures say, for the release that the styles come from."""

import json
import re

import pytest
from django.conf import settings

from design_system import govuk

COMPONENTS = settings.BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
USED = ["breadcrumbs", "button", "details", "error-summary", "inset-text", "pagination", "service-navigation"]
USED += ["summary-list", "warning-text"]


def same(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda gap: gap[0].strip(), html)).replace(" >", ">").strip()


@pytest.mark.parametrize("component", USED)
def test_a_macro_renders_the_published_fixtures(component):
    fixtures = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]

    assert fixtures
    for fixture in fixtures:
        assert same(govuk.render(component, **fixture["options"])) == same(fixture["html"]), fixture["name"]


def test_the_styles_carry_neither_crown_nor_crest_nor_government_font():
    styles = (settings.BASE_DIR / "build" / "look" / "portal.css").read_text()

    assert "Inter Variable" in styles
    for forbidden in ("GDS Transport", "crest", "crown", "govuk-header", "govuk-footer"):
        assert forbidden not in styles
