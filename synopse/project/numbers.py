"""The numbers of all fiches in; where one sign stands for decimals in some and parts thousands in others, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from synopse.diagnostics import Diagnostic, problem
from synopse.locale import catalogue
from synopse.model.fiche import Fiche, holders
from synopse.model.form import Form
from synopse.model.values import Number


def mixed_signs(fiches: Iterable[Fiche], form: Form, lang: str) -> Iterator[Diagnostic]:
    """Warnings for `61.555` beside `61.5` in a German report: what the first part of a field's numbers means is the second's question."""
    sign = catalogue(lang).number(Decimal(1234567))[1]
    if sign not in ".,":
        return
    decimals = re.compile(rf"(?<![\d{sign}])\d+{re.escape(sign)}(?:\d{{1,2}}|\d{{4,}})(?![\d{sign}])")
    thousands = re.compile(rf"(?<![\d.,])(?P<whole>[1-9]\d{{0,2}}){re.escape(sign)}(?P<rest>\d{{3}})(?![\d.,])")
    columns: dict[str, list[Number]] = {name: [] for name, field in form.fields.items() if field.type == "number"}
    for fiche in fiches:
        for each in holders(fiche):
            for name, value in each.values.items():
                if name in columns and isinstance(value, Number) and value.value is not None:
                    columns[name].append(value)
    for values in columns.values():
        pointed = next((value for value in values if decimals.search(value.text.text)), None)
        for value in values if pointed else ():
            if pointed and (found := thousands.search(value.text.text)):
                whole, point = found["whole"] + found["rest"], "," if sign == "." else "."
                other = f"{found['whole']}{point}{found['rest']}"
                message = f'"{value.text.text}" is taken for {whole}, and "{pointed.text.text}" at {pointed.span.file}:{pointed.span.line} for decimals'
                yield problem("other-reading", message, value.span, f"write {whole} or {other}, which have one reading")
