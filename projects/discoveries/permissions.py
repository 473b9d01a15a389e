"""Who may see discoveries and prototypes: everyone. Facilitators alone change them (`projects.permissions`)."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from projects.discoveries.models import Discovery, Prototype


def visible_discoveries(user: AnyUser) -> QuerySet[Discovery]:
    return Discovery.objects.all()


def visible_prototypes(user: AnyUser) -> QuerySet[Prototype]:
    return Prototype.objects.all()
