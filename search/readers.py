"""The reader labels of a person, as documents carry them."""

from accounts.models import AnyUser
from accounts.permissions import roles_of
from core.permissions import EVERYONE, SIGNED_IN, council_label, person_label, role_label
from councils.models import Membership
from councils.permissions import organisations_of

PUBLIC = frozenset({EVERYONE})


def labels_of(user: AnyUser) -> frozenset[str]:
    """The labels of a user. Contributors get their council's, which unpublished documents carry; its readers do not."""
    if not user.is_authenticated:
        return PUBLIC
    labels = {EVERYONE, SIGNED_IN, person_label(user.pk)}
    labels |= {role_label(role) for role in roles_of(user)}
    labels |= {council_label(each.pk) for each in organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)}
    if user.is_staff:
        labels.add("staff")
    return frozenset(labels)
