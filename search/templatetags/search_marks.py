from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.port import Marked

register = template.Library()


@register.simple_tag
def marked(pieces: Marked) -> SafeString:
    """A text with the words looked for in `<mark>`, everything escaped."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", t) if is_match else t,) for t, is_match in pieces)
    )
