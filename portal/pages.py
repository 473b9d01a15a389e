"""Pages about the site itself: accessibility, privacy, cookies and security contact."""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.text import slugify

from core import clock
from core.filters import not_understood
from core.permissions import allow, anyone
from core.privacy import declarations
from core.text import clean_line
from portal.who_may import ROLES, what_people_do

# The accessibility statement; a test fails a year after the review.
STATEMENT_PREPARED_ON = dt.date(2026, 11, 22)
STATEMENT_REVIEWED_ON = dt.date(2026, 11, 26)
ALL_PAGES_TESTED_ON = dt.date(2026, 11, 26)  # the day of the last whole run of the browser tests that was looked at
# What Django, allauth and Wagtail keep in tables of their own, which no declaration of ours covers; as accounts.erasure
# and what runs by the clock treat it.
HELD_BY_LIBRARIES = [
    [
        "Passkeys, codes of an authenticator app, addresses you confirmed, your council’s sign-in",
        "So that you, and nobody else, can sign in",
        "Nobody; you see that they are there",
        "As long as your account",
        "Deleted",
    ],
    [
        "That you are signed in, and when you last signed in",
        "So that you need not sign in on every page",
        "Nobody",
        "7 days; the last time as long as your account",
        "Deleted",
    ],
    [
        "What you filled in to wait for a place, until you give the code sent to you, with what you need and eat",
        "So that you need not fill it in again",
        "Nobody",
        "Until you give the code, 35 minutes at most",
        "Deleted",
    ],
    [
        "Who wrote, changed, commented on and approved a page",
        "So that two people stand behind what is published",
        "Those who write and edit it",
        "As long as the page",
        "Kept, without a name: the account behind it is emptied",
    ],
    [
        "Names that case studies and news tell, such as who checked a figure",
        "So that a reader can judge it",
        "Everybody",
        "As long as the page",
        "Write to us: an editor takes it out",
    ],
    [
        "In the server’s logs: which pages were asked for, when and how fast",
        "To find faults and misuse",
        "Whoever runs the server",
        "As long as whoever runs the server keeps its logs",
        "Not touched: there is no name in them",
    ],
]
SECURITY_TXT_LASTS = dt.timedelta(days=180)


@allow(anyone)
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "prepared_on": STATEMENT_PREPARED_ON,
        "reviewed_on": STATEMENT_REVIEWED_ON,
        "tested_on": ALL_PAGES_TESTED_ON,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "portal/pages/accessibility.html", context)


def declared_personal_data() -> list[dict[str, Any]]:
    """The personal data that each model declares, as one table for each, in words."""
    tables = []
    for model, privacy in declarations():
        lines = [
            (
                held.what + (" (with your explicit consent)" if held.is_special else ""),
                held.why,
                held.seen_by,
                held.kept,
                held.on_erasure.value.capitalize(),
            )
            for held in privacy.personal.values()
        ]
        if lines:
            name = privacy.rows or re.sub(r"(?<=[^aeiou])ys$", "ies", str(model._meta.verbose_name_plural))
            rows = list(dict.fromkeys(lines))  # three keys to one person are one promise
            tables.append({"caption": name[:1].upper() + name[1:], "rows": [list(row) for row in rows]})
    return sorted(tables, key=lambda table: table["caption"])


@allow(anyone)
def privacy(request: HttpRequest) -> HttpResponse:
    columns = ["What", "Why", "Who sees it", "How long", "If you ask us to erase it"]
    context = {
        "tables": declared_personal_data(),
        "held_by_libraries": HELD_BY_LIBRARIES,
        "columns": columns,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "portal/pages/privacy.html", context)


@allow(anyone)
def cookies(request: HttpRequest) -> HttpResponse:
    rows = [
        [
            settings.SESSION_COOKIE_NAME,
            "Keeps you signed in, your shortlist, and messages from one page to the next",
            "7 days",
        ],
        [settings.CSRF_COOKIE_NAME, "Makes sure that a form was sent from this site", "1 year"],
    ]
    return render(request, "portal/pages/cookies.html", {"columns": ["Name", "What it does", "Lasts"], "rows": rows})


@allow(anyone)
def who_may(request: HttpRequest) -> HttpResponse:
    """Who may do what, as docs/who-may.md has it: all of it, or what one role may."""
    asked = clean_line(request.GET.get("role", ""))
    role = asked if asked in ROLES else ""
    sections = [(slugify(name), name, found) for name, found in what_people_do(role)]
    context = {
        "role": role,
        "strange": [not_understood("role", asked)] if asked != role else [],
        "people": ROLES.get(role, ""),
        "roles": list(ROLES.items()),
        "contents": [(anchor, name) for anchor, name, _ in sections],
        "sections": sections,
        "columns": ["What is done", "Which ones" if role else "Who may", "Remark"],
    }
    return render(request, "portal/pages/who_may.html", context)


@allow(anyone)
def favicon(request: HttpRequest) -> HttpResponse:
    """The site's icon at the address that browsers ask for by default."""
    return redirect(static("design_system/mark.svg"), permanent=True)


@allow(anyone)
def change_password(request: HttpRequest) -> HttpResponse:
    """Redirect from the address at which password managers look for the form."""
    return redirect("account_change_password")


@allow(anyone)
def security_txt(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): the contact for vulnerabilities, and its expiry."""
    expires = (clock.now() + SECURITY_TXT_LASTS).astimezone(dt.UTC).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT_EMAIL}",
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
