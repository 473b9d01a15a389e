"""What a piece of work costs this process.

User instructions where the machine lets them be counted: they repeat to 1 % however busy it is. Elsewhere processor
time, which other work on the same machine stretches by up to a half, so that ratios say more than milliseconds.
"""

import ctypes
import os
import platform
import struct
import time
from functools import cache

_SYSTEM_CALLS = {"x86_64": 298, "aarch64": 241}  # perf_event_open on Linux
_HARDWARE, _INSTRUCTIONS = 0, 1
_INHERIT, _EXCLUDE_KERNEL, _EXCLUDE_HYPERVISOR = 1 << 1, 1 << 5, 1 << 6
_SIZE = 64  # the first form of the structure, which every kernel takes


@cache
def _counter() -> int | None:
    """A descriptor that reads as the instructions so far, or None where the machine forbids or lacks it."""
    call = _SYSTEM_CALLS.get(platform.machine()) if platform.system() == "Linux" else None
    if call is None:
        return None
    flags = _INHERIT | _EXCLUDE_KERNEL | _EXCLUDE_HYPERVISOR
    attributes = struct.pack("IIQQQQQ", _HARDWARE, _SIZE, _INSTRUCTIONS, 0, 0, 0, flags)
    structure = ctypes.create_string_buffer(attributes.ljust(_SIZE, b"\0"), _SIZE)
    try:
        descriptor = ctypes.CDLL(None, use_errno=True).syscall(call, structure, 0, -1, -1, 0)
    except (OSError, AttributeError):
        return None
    return descriptor if descriptor >= 0 else None


def counts_instructions() -> bool:
    return _counter() is not None


def unit() -> str:
    """Millions of instructions, or milliseconds of processor time."""
    return "Mi" if counts_instructions() else "ms"


def spent() -> float:
    """What this process has spent so far, in the unit."""
    counter = _counter()
    if counter is None:
        return 1000 * time.process_time()
    return struct.unpack("Q", os.read(counter, 8))[0] / 1e6
