"""The kinds of message of projects, where the outbox looks for them."""

from projects.blocks import emails as blocks
from projects.interest import emails as interest
from projects.needs import emails as needs
from projects.portfolio import emails as portfolio

__all__ = ["blocks", "interest", "needs", "portfolio"]
