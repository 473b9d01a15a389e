"""Services in numbers as others counted them, from the files that come with the portal."""

from kpis.volumes.operations import import_top20


def build() -> None:
    """Take in the 20 largest transactions of 2012."""
    import_top20()
