"""QR codes, drawn on the server as part of the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str, title: str) -> SafeString:
    """A QR code of the address as SVG, without style attributes, in the size of its container."""
    svg = segno.make(address, error="m").svg_inline(
        omitsize=True, border=2, light="#fff", dark="#072f2c", svgclass=None, lineclass=None, title=title
    )
    return mark_safe(svg)  # noqa: S308 - made here from our own address
