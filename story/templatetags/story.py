from django import template

register = template.Library()


@register.simple_tag
def story_strip(record) -> str:
    """The chain a record belongs to."""
    return ""
