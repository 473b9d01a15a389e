"""The drawing in a row of a table of results: a ring for the wave before, a dot for this one, from 0 to 100."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from design_system.svg import joined

HIGH = 30  # pixels


def strip(before: Decimal | None, now: Decimal | None) -> SafeString:
    """The strip of one row, which screen readers leave out: its numbers stand beside it."""
    parts = [_upright(0), _upright(50, "lda-dots__half"), _upright(100)]
    if before is not None and now is not None:
        parts.append(
            format_html('<line x1="{}%" x2="{}%" y1="15" y2="15" class="lda-dots__line"/>', str(before), str(now))
        )
    if before is not None:
        parts.append(_circle(before, 7, "lda-dots__ring"))
    if now is not None:
        parts.append(_circle(now, 5, "lda-dots__dot"))
    return _framed(parts)


def sample(kind: str) -> SafeString:
    """The mark of one wave, for the key: `ring` or `dot`."""
    return format_html(
        '<svg class="lda-dots__sample" width="18" height="18" aria-hidden="true" focusable="false">'
        '<circle cx="9" cy="9" r="{}" class="lda-dots__{}"/></svg>',
        7 if kind == "ring" else 5,
        kind,
    )


def _framed(parts: list[SafeString]) -> SafeString:
    return format_html(
        '<svg class="lda-dots" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        HIGH,
        joined(parts),
    )


def _upright(place: int, kind: str = "lda-dots__edge") -> SafeString:
    return format_html('<line x1="{0}%" x2="{0}%" y1="0" y2="{1}" class="{2}"/>', place, HIGH, kind)


def _circle(value: Decimal, radius: int, kind: str) -> SafeString:
    return format_html('<circle cx="{}%" cy="15" r="{}" class="{}"/>', str(value), radius, kind)
