"""Operations of the desk: marks of who came and left, walk-ins, places of those who have not come."""

from events.desk.operations.joining import join_online, may_join_now
from events.desk.operations.marks import HERE, Press, check_in, check_out, undo_check_in
from events.desk.operations.releases import bring_back_released, release, release_no_shows
from events.desk.operations.walk_ins import walk_in

__all__ = [
    "HERE",
    "Press",
    "bring_back_released",
    "check_in",
    "check_out",
    "join_online",
    "may_join_now",
    "release",
    "release_no_shows",
    "undo_check_in",
    "walk_in",
]
