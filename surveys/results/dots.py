"""The drawing in a row of a table of results: a ring for the wave before, a dot for this one, from 0 to 100."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from design_system import svg

HIGH = 30  # pixels
RING, DOT = 7, 5


def strip(before: Decimal | None, now: Decimal | None) -> SafeString:
    """The strip of one row, which screen readers leave out: its numbers stand beside it."""
    parts = [svg.upright(place, 0, HIGH, kind) for place, kind in _SCALE]
    if before is not None and now is not None:
        parts.append(svg.between(float(before), float(now), HIGH / 2, "lda-dots__line"))
    if before is not None:
        parts.append(svg.circle(float(before), HIGH / 2, RING, "lda-dots__ring"))
    if now is not None:
        parts.append(svg.circle(float(now), HIGH / 2, DOT, "lda-dots__dot"))
    return format_html(
        '<svg class="lda-dots" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        HIGH,
        svg.joined(parts),
    )


def sample(kind: str) -> SafeString:
    """The mark of one wave, for the key: `ring` or `dot`."""
    mark = svg.circle(50, 9, RING if kind == "ring" else DOT, f"lda-dots__{kind}")
    return format_html(
        '<svg class="lda-dots__sample" width="18" height="18" aria-hidden="true" focusable="false">{}</svg>', mark
    )


_SCALE = ((0, "lda-dots__edge"), (50, "lda-dots__half"), (100, "lda-dots__edge"))
