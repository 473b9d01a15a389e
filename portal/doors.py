"""The doors that others built: Wagtail's, allauth's and Django's routes with the rule that guards each.

Our own views carry theirs by decorator (core.permissions.door).
"""

import re

from accounts.permissions import may_enter_admin
from core.permissions import Rule, anyone, signed_in

# The first pattern that matches a route decides. Wagtail and allauth ask for more inside, page by page.
FOREIGN_DOORS: list[tuple[str, Rule]] = [
    (r"^cms/", may_enter_admin),
    (
        r"^accounts/(login|signup|password/(reset|key)|confirm-email|logout|inactive|2fa/authenticate|oidc|social)",
        anyone,
    ),
    (r"^accounts/", signed_in),
    (r"^_util/", anyone),  # wagtail's own answer to a private page
    (r"^documents/", anyone),  # wagtail.documents asks the collection's own restriction
    (r"^\^?\(?\(\?:\[\\w", anyone),  # wagtail's pages ask the page's own restriction
    (r"^(static|media)/", anyone),
]


def foreign_door(route: str) -> Rule | None:
    """The rule of a route that is not ours, or None where nobody wrote one."""
    return next((rule for pattern, rule in FOREIGN_DOORS if re.search(pattern, route)), None)
