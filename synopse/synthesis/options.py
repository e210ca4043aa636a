"""What each kind of the synthesis takes, as data: its options, those that it needs, the types of field each may name.

The checks of `report.yaml` go by it, and so does the README's table of kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FieldTypes = tuple[str, ...]
COUNTED: FieldTypes = ("terms", "choice")
"""Fields whose papers are counted under terms or choices."""
THEMED: FieldTypes = ("items", "terms")
"""Fields of remarks, which may carry themes."""
EVERY = ("kind", "id", "title")
_SHOWN = ("caption", "text", "note")
_CHOSEN = ("papers", "where")


@dataclass(frozen=True, slots=True)
class Options:
    """What one kind takes beside `EVERY`.

    `needs` lists options of which one of each group must be there; `types` gives, by option, the types of field that it may
    name, and `together` those that several fields of one list may have.
    """

    takes: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    types: dict[str, FieldTypes] = field(default_factory=dict)
    together: FieldTypes = ()


def _table(*takes: str) -> tuple[str, ...]:
    return (*takes, *_SHOWN, *_CHOSEN)


def _picture(*takes: str) -> tuple[str, ...]:
    return (*_table(*takes), "alt")


_COUNTS = {"field": (*COUNTED, "items"), "fields": (*COUNTED, "items")}
_CROSSED = {"field": (*COUNTED, "items"), "rows": (*COUNTED, "items")}
_ONE_OR_MORE = (("field", "fields"),)
_BOTH = (("rows",), ("field",))
KINDS: dict[str, Options] = {
    "heading": Options((), needs=(("title",),)),
    "characteristics": Options(_table("columns", "order")),
    "matrix": Options(_table("field", "sort", "least", "order"), needs=(("field",),), types={"field": COUNTED}),
    "compare": Options(_table("fields", "order"), needs=(("fields",),)),
    "recurrence": Options(
        _table("field", "fields", "sort", "order"),
        needs=_ONE_OR_MORE,
        types={"field": (*COUNTED, "items", "text"), "fields": (*COUNTED, "items", "text")},
        together=(*THEMED, "text"),
    ),
    "coverage": Options(_table("order")),
    "gaps": Options(_table("rows", "field", "sort"), needs=_BOTH, types=_CROSSED),
    "agreement": Options(
        _table("fields", "against", "order"),
        needs=(("fields",), ("against",)),
        types={"fields": THEMED, "against": THEMED},
    ),
    "numbers": Options(_table("field", "fields"), types={"field": ("number",), "fields": ("number",)}),
    "differences": Options(_table("order")),
    "timeline": Options(_picture("field"), types={"field": ("date",)}),
    "heatmap": Options(
        _picture("field", "fields", "sort", "least", "order"), needs=_ONE_OR_MORE, types=_COUNTS, together=THEMED
    ),
    "bars": Options(_picture("field", "fields", "sort", "least"), needs=_ONE_OR_MORE, types=_COUNTS, together=THEMED),
    "bubbles": Options(_picture("rows", "field", "sort"), needs=_BOTH, types=_CROSSED),
    "prisma": Options((*_SHOWN, "alt")),
}
