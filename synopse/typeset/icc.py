"""The colour profile of an archive's PDF: sRGB as the least profile that says it (ICC.1:2001-04; IEC 61966-2-1)."""

from __future__ import annotations

import struct
from functools import lru_cache

_PRIMARIES = {b"rXYZ": (0.4360747, 0.2225045, 0.0139322), b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
              b"bXYZ": (0.1430804, 0.0606169, 0.7141733)}  # fmt: skip
"""The primaries of sRGB, adapted to D50 by Bradford's transform."""
_D50 = (0.9642, 1.0, 0.8249)
GAMMA = 2.2
"""The nearest power to the curve of sRGB."""


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The bytes of the profile."""
    said = b"sRGB"
    description = b"desc" + bytes(4) + struct.pack(">I", len(said) + 1) + said + bytes(1 + 4 + 4 + 2 + 1 + 67)
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(GAMMA * 256))
    tags = {b"desc": description, b"cprt": b"text" + bytes(4) + b"Public domain\0", b"wtpt": _xyz(_D50)}
    tags |= {name: _xyz(value) for name, value in _PRIMARIES.items()} | dict.fromkeys(
        (b"rTRC", b"gTRC", b"bTRC"), curve
    )
    table, data, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        padded = value + bytes(-len(value) % 4)
        table += name + struct.pack(">II", start + len(data), len(value))
        data += padded
    body = struct.pack(">I", len(tags)) + table + data
    head = struct.pack(">I4sI4s4s4s", 128 + len(body), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)
    head += b"".join(_fixed(each) for each in _D50)
    return head + bytes(128 - len(head)) + body


def _fixed(value: float) -> bytes:
    """A number as ICC's s15Fixed16Number."""
    return struct.pack(">i", round(value * 65536))


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, value))
