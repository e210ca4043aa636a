"""`heading`: groups what follows, with prose of the person."""

from __future__ import annotations

from synopse.synthesis.kind import Kind

KIND = Kind("heading", "groups what follows", 150, None, needs=(("title",),), uses="nothing")
