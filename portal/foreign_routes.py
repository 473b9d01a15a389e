"""The rule for each route of Wagtail, allauth and Django.

Our own views have theirs by decorator (core.permissions.allow). portal.serving.middleware.ForeignRules asks this table
before a foreign view runs, and refuses a route that has no rule.
"""

import re
from dataclasses import dataclass
from typing import Any

from wagtail.urls import serve_pattern

from accounts.models import AnyUser
from accounts.permissions import may_enter_admin
from core.numbers import HIGHEST_KEY
from core.permissions import Rule, anyone, signed_in
from councils.permissions import needs_second_factor
from publishing.permissions import is_editor, may_meet_in_admin


def enters_admin(user: AnyUser) -> bool:
    """Whether someone may open the admin: editors, staff, writers for a council; roles need a second factor."""
    return may_enter_admin(user) and not needs_second_factor(user)


def is_superuser(user: AnyUser) -> bool:
    """Whether someone is a superuser, as accounts, groups and sites require: changing those gives any right."""
    return enters_admin(user) and user.is_superuser


@dataclass(frozen=True)
class ForeignRule:
    """A rule, and the sentence for those whom it refuses."""

    rule: Rule
    because: str = "Your account may not open this page."


def nobody(user: AnyUser) -> bool:
    """Nobody, for pages that the site does not use."""
    return False


def edits_pages(user: AnyUser) -> bool:
    """Whether someone edits pages, as lists of chosen pages require: these show the titles of all pages."""
    return enters_admin(user) and is_editor(user)


_ADMIN = ForeignRule(
    enters_admin,
    "Only editors, facilitators, the secretariat and those who write for their council come in here.",
)

# The first pattern that matches a route decides. Wagtail and allauth ask for more inside, page by page.
FOREIGN_RULES: list[tuple[str, ForeignRule]] = [
    # Fixed words and scripts, the same for everyone, asked for by pages of the admin that is not entered yet.
    (r"^cms/(sprite|jsi18n)", ForeignRule(anyone)),
    (r"^cms/(test404|failwhale)/", ForeignRule(nobody)),  # Wagtail's own tests of its error pages
    (
        r"^cms/(users|groups|sites|locales)/",
        ForeignRule(is_superuser, "Only superusers change accounts, groups and sites."),
    ),
    (r"^cms/bulk/", ForeignRule(edits_pages, "Only Alliance editors change several pages at once. Open one of them.")),
    (r"^cms/choose-page/chosen-multiple/", ForeignRule(nobody)),  # no field here holds several pages
    # What waits stands in the queue; the last one names pages that nobody asked whether their reader may see.
    (r"^cms/reports/(workflow|workflow_tasks|page-types-usage)/", ForeignRule(nobody)),
    # Nothing here uses them, and some save a version before they ask for permission.
    (r"^cms/api/main/pages/.+/action/", ForeignRule(nobody)),
    # They name every picture and every download; choosers ask elsewhere, for what their reader may see.
    (
        r"^cms/api/main/(images|documents)/",
        ForeignRule(edits_pages, "Only Alliance editors list all pictures and files."),
    ),
    (r"^cms/", _ADMIN),
    (
        r"^accounts/\^?(login|signup|password/reset|confirm-email|logout|inactive|2fa/authenticate|2fa/webauthn/login"
        r"|3rdparty/(login|signup)|oidc|social)",
        ForeignRule(anyone),
    ),
    (r"^accounts/", ForeignRule(signed_in)),
    (r"^_util/", ForeignRule(anyone)),  # Wagtail's own answer to a private page
    (r"^documents/", ForeignRule(anyone)),  # wagtail.documents asks the collection's own restriction
    (f"^{re.escape(serve_pattern)}$", ForeignRule(anyone)),  # Wagtail's pages ask the page's own restriction
    (r"^(static|media)/", ForeignRule(anyone)),
]


# The names of a page's key in Wagtail's routes.
_PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "page_to_copy_id", "destination_id")


def may_meet_pages_named(user: AnyUser, view_name: str, named: dict[str, Any]) -> bool:
    """Whether this person may see the pages that an address of the admin names, even if only their titles."""
    keys = [min(named[key], HIGHEST_KEY) for key in _PAGE_KEYS if isinstance(named.get(key), int)]
    if view_name.startswith("wagtailadmin_api:pages:") and str(named.get("pk", "")).isdecimal():
        keys.append(int(str(named["pk"])[:18]))
    return not keys or may_meet_in_admin(user, keys)


def foreign_rule(route: str) -> ForeignRule | None:
    """The rule of a route that is not ours; None where there is none."""
    return next((foreign for pattern, foreign in FOREIGN_RULES if re.search(pattern, route)), None)
