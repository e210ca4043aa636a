"""Form and vocabulary in, JSON Schemas out, for the completion and the hints of editors (JSON Schema 2020-12)."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from synopse.model.fiche import fiche_model
from synopse.model.form import Form
from synopse.model.report import Report
from synopse.model.vocabulary import Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(form: Form, vocabulary: Vocabulary, lang: str, kinds: Collection[str] = ()) -> dict[str, str]:
    """The text of each schema by name: `fiche`, `report`, `form`, `vocabulary`. `kinds` are those of the synthesis."""
    made = {
        "fiche": _with_terms(fiche_model(form, lang).model_json_schema(), form, vocabulary),
        "report": _with_kinds(Report.model_json_schema(), kinds),
        "form": Form.model_json_schema(),
        "vocabulary": Vocabulary.model_json_schema(),
    }
    return {name: _text(schema, name) for name, schema in made.items()}


def _text(schema: dict[str, Any], name: str) -> str:
    whole = {"$schema": DIALECT, **schema, "title": f"synopse {name}"}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _with_kinds(schema: dict[str, Any], kinds: Collection[str]) -> dict[str, Any]:
    if kinds:
        schema["$defs"]["Synthesis"]["properties"]["kind"] = {"enum": list(kinds), "title": "Kind", "type": "string"}
    return schema


def _with_terms(schema: dict[str, Any], form: Form, vocabulary: Vocabulary) -> dict[str, Any]:
    """Offers the vocabulary's terms and themes, and the choices, where a fiche asks for them; other words may stand."""
    for properties in (schema["properties"], schema["$defs"]["Part"]["properties"]):
        _offer(properties, form, vocabulary)
    themes = [theme.id for theme in vocabulary.themes]
    if themes:
        word = {"anyOf": [{"enum": themes}, {"type": "string"}]}
        for shape in ("_RemarkShape", "_TermShape"):
            for definition in _objects(schema.get("$defs", {}).get(shape, {})):
                definition["properties"]["theme"] = {"anyOf": [word, _list(word)]}
    return schema


def _offer(properties: dict[str, Any], form: Form, vocabulary: Vocabulary) -> None:
    """What each field may say, of a fiche, or of one of its studies and arms."""
    for name, field in form.fields.items():
        if field.type == "terms":
            known = [term.name for term in vocabulary.terms.get(field.terms_list, ())]
            offered = [{"enum": known}] if known else []
            one = {"anyOf": [*offered, {"type": "string"}, {"$ref": "#/$defs/_TermShape"}]}
            properties[name] = {"title": properties[name].get("title", name), "anyOf": [_list(one), {"type": "null"}]}
        elif field.type == "choice":
            properties[name] = {"title": properties[name].get("title", name), "enum": [c.id for c in field.choices]}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _objects(definition: dict[str, Any]) -> list[dict[str, Any]]:
    """The object schemas of a definition, which may also allow a bare text."""
    return [each for each in (definition, *definition.get("anyOf", ())) if "properties" in each]
