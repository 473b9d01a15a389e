"""What time triggers."""

from assets_registry.health import links
from core.schedules import every


@every(minutes=1)
def check_links() -> None:
    """Ask for the addresses of a few assets."""
    links.check_links()
