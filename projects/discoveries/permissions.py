"""Who may see discoveries and prototypes: everyone. `projects.permissions.can_facilitate` says who changes them."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from projects.discoveries.models import Discovery, Prototype


def visible_discoveries(user: AnyUser) -> QuerySet[Discovery]:
    return Discovery.objects.all()


def visible_prototypes(user: AnyUser) -> QuerySet[Prototype]:
    return Prototype.objects.all()
