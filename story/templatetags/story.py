from dataclasses import asdict
from typing import Any

from django import template

from core.words import spelled
from story.queries import chain_of

register = template.Library()


@register.inclusion_tag("story/strip.html")
def story_strip(record: Any, heading: str = "The story so far") -> dict[str, Any]:
    """The strip of the chain a record belongs to, from need to case study; empty where there is no chain."""
    story = chain_of(record) if record is not None else None
    nodes = [asdict(node) for node in story.nodes] if story else []
    done = spelled(len(story.happened)).capitalize() if story else ""
    return {"nodes": nodes, "heading": heading, "done_in_words": done}
