"""What journeys do over and over."""

import re

from playwright.sync_api import Page


def press(page: Page, name: str) -> None:
    """Press what is called so and looks like a button, be it a button or a link."""
    exact = re.compile(name)
    page.get_by_role("button", name=exact).or_(page.get_by_role("link", name=exact)).first.click()
