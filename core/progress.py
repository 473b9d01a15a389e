"""How far a command has come, drawn for its operator."""

_WIDTH = 30


def progress_bar(done: int, total: int) -> str:
    """[##########                    ] 1,000 of 3,000"""
    full = _WIDTH * min(done, total) // max(total, 1)
    return f"[{'#' * full}{' ' * (_WIDTH - full)}] {done:,} of {total:,}"
