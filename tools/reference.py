"""Makes `docs/reference.md`: every option of the sources, from the models, and every kind of the synthesis.

python -m tools.reference > docs/reference.md
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from synopse.model.base import validated
from synopse.model.fiche import fiche_model
from synopse.model.form import PRODUCT_WORDS, Form
from synopse.model.report import Report
from synopse.model.vocabulary import Vocabulary
from synopse.read import read_yaml
from synopse.synthesis.kind import EVERY
from synopse.synthesis.kinds import kinds

FICHE = """
sections: [{id: s, title: S, fields: [{id: a, type: text}, {id: b, type: items}, {id: c, type: terms}]}]
"""
"""A form with a field of each type that takes words."""
FILES: dict[str, type[BaseModel]] = {
    "sources/report.yaml": Report,
    "sources/form.yaml": Form,
    "sources/vocabulary.yaml": Vocabulary,
}
TEXTS = (["string", "number", "boolean", "null"], "string")


def page() -> str:
    """The text of the page."""
    parts = ["# Every option of the sources", "",
             "Made from the models by `python -m tools.reference`.", ""]  # fmt: skip
    for file, model in FILES.items():
        parts += _file(file, model.model_json_schema())
    parts += _file("sources/fiches/*.yaml", _of_fiches(), "Beside these, a fiche has the fields of your form.")
    parts += ["## The kinds of the synthesis", "", f"Each takes {_words(EVERY)} as well.", "", "| kind | what it shows | its options | it needs |",
              "| --- | --- | --- | --- |"]  # fmt: skip
    parts += [
        f"| `{each.name}` | {each.shows} | {_words(each.options)} | {', '.join(' or '.join(f'`{n}`' for n in group) for group in each.needs)} |"
        for each in kinds().values()
    ]
    return "\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def _of_fiches() -> dict[str, Any]:
    """The schema of a fiche, without the fields of a form."""
    tree, _ = read_yaml(FICHE, "form.yaml")
    form = validated(Form, tree)[0] if tree is not None else None
    assert form is not None
    schema = fiche_model(form).model_json_schema()
    schema["properties"] = {name: each for name, each in schema["properties"].items() if name in PRODUCT_WORDS}
    return schema


def _file(file: str, schema: dict[str, Any], lead: str = "") -> list[str]:
    """What one kind of file takes: its own options, then those of each mapping in it."""
    parts = [f"## {file}", "", *([lead, ""] if lead else []), *_table(schema)]
    for name, each in schema.get("$defs", {}).items():
        mapping = _mapping(each)
        if mapping.get("properties"):
            said = mapping.get("description") or each.get("description") or ""
            parts += [f"### {name.removeprefix('_').removesuffix('Shape')}", "", said, "", *_table(mapping)]
    return parts


def _mapping(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a mapping, for which a bare text may stand."""
    return next((each for each in schema.get("anyOf", ()) if "properties" in each), schema)


def _table(schema: dict[str, Any]) -> list[str]:
    rows = ["| option | what it is for | takes | without it |", "| --- | --- | --- | --- |"]
    for name, each in schema["properties"].items():
        usual = "must be there" if name in schema.get("required", ()) else _usual(each.get("default"))
        rows.append(f"| `{name}` | {each.get('description', '')} | {_takes(each)} | {usual} |")
    return [*rows, ""]


def _usual(default: object) -> str:
    return (
        "" if default in (None, "", [], {}) else f"`{str(default).lower() if isinstance(default, bool) else default}`"
    )


def _takes(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return _words(schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1]).removeprefix("_").removesuffix("Shape")
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(said for each in schema["anyOf"] if (said := _takes(each)) != "nothing"))
    if schema.get("type") in TEXTS:
        return "text"
    if schema.get("type") == "array":
        return f"a list of {_takes(schema['items'])}"
    if schema.get("type") == "object":
        return "a mapping"
    return {"boolean": "`true`, `false`", "integer": "a whole number", "null": "nothing"}.get(
        str(schema.get("type")), ""
    )


def _words(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print(page(), end="")
