"""The pages of analysts on a wave that is run here: preparing it, its plan, its close, the bench and publishing."""

from surveys.release.views.bench import bench, code, leave_out, levels, print_again, rule, uncode
from surveys.release.views.planning import plan, prepare
from surveys.release.views.publishing import close, confirm, propose, take_back

__all__ = [
    "bench",
    "close",
    "code",
    "confirm",
    "leave_out",
    "levels",
    "plan",
    "prepare",
    "print_again",
    "propose",
    "rule",
    "take_back",
    "uncode",
]
