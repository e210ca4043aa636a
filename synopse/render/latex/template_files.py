"""The templates as they lie on the disk."""

from __future__ import annotations

from pathlib import Path

from synopse.diagnostics import Rejected, Span, problem
from synopse.ground.files import reason
from synopse.ground.templates import template


def read_template(root: Path, name: str) -> bytes:
    """The bytes of a template. Raises `Rejected` where it cannot be read."""
    file = f"templates/{name}.tex"
    try:
        return template(root, f"{name}.tex").read_bytes()
    except OSError as error:
        message = f"the template cannot be read: {reason(error, root / file)}"
        raise Rejected([problem("template-error", message, Span(file))]) from None
