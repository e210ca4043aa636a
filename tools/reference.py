"""Makes `docs/reference.md`, every option of the sources and every kind of the synthesis, and the tables of the other pages.

A page of `docs/` has a table where it asks for one: it stands between `<!-- options: NAME -->` and `<!-- end -->`. All are
made from the models, the kinds and the commands.

python -m tools.reference
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from synopse.commands.init import add_options
from synopse.commands.tasks import TaskMap
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
FICHES = "sources/fiches/*.yaml"
FILES: dict[str, type[BaseModel]] = {
    "sources/report.yaml": Report,
    "sources/form.yaml": Form,
    "sources/vocabulary.yaml": Vocabulary,
}
TEXTS = (["string", "number", "boolean", "null"], "string")
DOCS = Path(__file__).resolve().parent.parent / "docs"
_ASKED = re.compile(r"(<!-- options: (?P<name>[^\n]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page() -> str:
    """The text of the page."""
    parts = ["# Every option of the sources", "",
             "Made from the models by `python -m tools.reference`.", ""]  # fmt: skip
    for file, model in FILES.items():
        parts += _file(file, model.model_json_schema())
    parts += _file(FICHES, _of_fiches(), "Beside these, a fiche has the fields of your form.")
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
    part = schema["$defs"]["Part"]
    part["properties"] = {name: each for name, each in part["properties"].items() if name in ("id", "title")}
    return schema


def _file(file: str, schema: dict[str, Any], lead: str = "") -> list[str]:
    """What one kind of file takes: its own options, then those of each mapping in it."""
    parts = [f"## {file}", "", *([lead, ""] if lead else []), *_table(schema)]
    for name, each in schema.get("$defs", {}).items():
        mapping = _mapping(each)
        if mapping.get("properties"):
            said = mapping.get("description") or each.get("description") or ""
            parts += [f"### {_named(name)}", "", said, "", *_table(mapping)]
    return parts


def _named(name: str) -> str:
    """What a person may call a mapping of the models."""
    return name.removeprefix("_").removesuffix("Shape")


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
        return _named(schema["$ref"].rsplit("/", 1)[-1])
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


def filled(text: str) -> str:
    """A page with the tables that it asks for. Raises `KeyError` for one that there is not."""
    made = tables()
    return _ASKED.sub(lambda found: f"{found[1]}\n{made[found['name']]}\n\n{found[3]}", text)


def asked(text: str) -> list[str]:
    """The names of the tables that a page asks for."""
    return [found["name"] for found in _ASKED.finditer(text)]


def tables() -> dict[str, str]:
    """Every table of options by its name: of each file and each mapping in it, of each kind, and of the commands."""
    made = {}
    for file, schema in {
        **{name: each.model_json_schema() for name, each in FILES.items()},
        FICHES: _of_fiches(),
    }.items():
        made[file] = "\n".join(_table(schema)).strip()
        for name, each in schema.get("$defs", {}).items():
            if _mapping(each).get("properties"):
                made[f"{file} {_named(name)}"] = "\n".join(_table(_mapping(each))).strip()
    options = Report.model_json_schema()["$defs"]["Synthesis"]
    for kind in kinds().values():
        own = {name: each for name, each in options["properties"].items() if name in kind.takes}
        needed = [" or ".join(f"`{name}`" for name in group) for group in kind.needs]
        said = _table({"properties": own, "required": [g[0] for g in kind.needs if len(g) == 1]}) if own else []
        needs = [f"It needs {' and '.join(needed)}."] if needed else []
        apart = {*kind.takes, *(name for group in kind.needs for name in group)}
        others = [name for name in (*kind.options, "id", "title") if name not in apart]
        also = f"{'Beside these it' if own else 'It'} takes {_words(others)}."
        made[f"kind {kind.name}"] = "\n".join([*said, " ".join([*needs, also])]).strip()
    return made | {"commands": _commands(), "synopse init": _of_init()}


def _commands() -> str:
    """What a review's tasks do, as `doit list` says it."""
    rows = ["| command | what it does | its options |", "| --- | --- | --- |"]
    for name, method in vars(TaskMap).items():
        if name.startswith("task_"):
            word = name.removeprefix("task_")
            shown = f"{word}:KEY" if word in ("fiche", "preview") else word
            rows.append(f"| `synopse {shown}` | {(method.__doc__ or '').strip()} | {_words(_params(method))} |")
    return "\n".join(rows)


def _params(method: Any) -> list[str]:
    """The options of a task."""
    from synopse.build.run import Run

    made = method(TaskMap(Run(DOCS.parent)))
    return [f"--{each['long']}" for each in made.get("params", ())] if isinstance(made, dict) else []


def _of_init() -> str:
    parser = argparse.ArgumentParser(add_help=False)
    add_options(parser)
    rows = ["| option | what it is for |", "| --- | --- |"]
    rows += [f"| `{' '.join(each.option_strings) or each.dest.upper()}` | {each.help} |" for each in parser._actions]
    return "\n".join(rows)


def main() -> None:
    """Writes the page of all options, and the tables of the others anew."""
    (DOCS / "reference.md").write_text(page(), "utf-8")
    for path in DOCS.glob("*.md"):
        text = path.read_text("utf-8")
        if asked(text):
            path.write_text(filled(text), "utf-8")


if __name__ == "__main__":
    main()
