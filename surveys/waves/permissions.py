"""Which waves a reader sees: those of earlier reports, and those run here once two people have published them."""

from django.db.models import Q

NOT_RUN_HERE = "fieldwork__isnull"
PUBLISHED = "fieldwork__release__confirmed_at__isnull"


def shown_waves(through: str = "") -> Q:
    """The condition on waves, or on rows that lead to one `through` a key, such as `wave__`."""
    return Q(**{f"{through}{NOT_RUN_HERE}": True}) | Q(**{f"{through}{PUBLISHED}": False})
