"""What time triggers."""

from assets_registry.health import links
from assets_registry.uploads import operations as uploads
from core.schedules import every


@every(minutes=1)
def check_links() -> None:
    """Ask for the addresses of a few assets."""
    links.check_links()


@every(days=1)
def forget_uploads() -> None:
    """Delete uploads of a month ago."""
    uploads.forget_uploads()
