"""What a new review begins with: a form's name, a language and perhaps a .bib in; the text of each of its files out.

`synopse/starter` holds it as data: a file a form (its sections and fields, its synthesis), a file a language (every text), the
invented studies, and the files of the new folder as templates (Jinja2, with the signs of the report's templates).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from synopse.bib.collection import Library
from synopse.commands.skeleton import fiche_file, printed_key, skeleton
from synopse.locale import LANGUAGES, Catalogue
from synopse.locale.languages import START
from synopse.model.form import Form
from synopse.model.schema import schemas
from synopse.model.vocabulary import Vocabulary
from synopse.project.examine import read_static
from synopse.synthesis.kinds import kinds

FOLDER = Path(__file__).resolve().parent.parent / "starter"
FORMS = ("literature", "pico", "scoping", "empty")
TEXTS = tuple(sorted(path.stem for path in (FOLDER / "languages").glob("*.yaml")))
"""The languages that have texts to begin with; the others begin with English ones."""
FALLBACK = START[-1]
EXAMPLES = "bib/examples.bib"
_FICHE = "sources/fiches/KEY.yaml"
"""The template that is written once a study."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a new review. `library` holds a person's own references, whose fiches take the examples' place."""

    form: str = "literature"
    lang: str = FALLBACK
    library: Library | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form to be written: its name in the starter, its type, its words in the language."""

    name: str
    type: str
    words: dict[str, Any]
    required: bool = False
    ordered: bool = False

    @property
    def id(self) -> str:
        """What the fiches call it."""
        return str(self.words["id"])

    @property
    def unit(self) -> str:
        """The unit of a number."""
        return str(self.words.get("unit", ""))


@dataclass(frozen=True, slots=True)
class Study:
    """An invented study: its record, what its fiche holds by the name of the field, and its texts in the language."""

    key: str
    author: str
    date: str
    pages: str
    status: str
    values: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)


def starting_files(wish: Wish) -> dict[str, str]:
    """The text of each file of the new review, by its path in the folder."""
    words = texts_of(wish.lang)
    form = _data(f"forms/{wish.form}")
    sections = [
        {"name": name, "fields": [Field(words=words["fields"][each["name"]], **each) for each in fields]}
        for name, fields in form["sections"].items()
    ]
    fields = {each.name: each for section in sections for each in section["fields"]}
    invented = _studies(words) if form["synthesis"] and wish.library is None else []
    own = _own_keys(wish.library) if wish.library is not None else []
    selection = bool(invented)
    context = {
        "lang": wish.lang,
        "title": words["title"],
        "words": words,
        "sections": sections,
        "fields": list(fields.values()),
        "studies": invented,
        "keys": [study.key for study in invented] or [printed_key(key) for key in own],
        "introduction": words["introduction"]["examples" if invented else "own"].strip(),
        "selection": selection,
        "themes": list(words["themes"].values()) if form["synthesis"] else [],
        "synthesis": [
            {"kind": part["kind"], "options": list(_options(part, fields, words))}
            for part in form["synthesis"]
            if selection or part["kind"] != "prisma"
        ],
    }
    files = {name.replace("dot-", "."): _rendered(name, context) for name in _names() if name not in (_FICHE, EXAMPLES)}
    if invented:
        files[EXAMPLES] = _rendered(EXAMPLES, context)
    for study in invented:
        files[f"sources/fiches/{study.key}.yaml"] = _rendered(_FICHE, context | {"study": study})
    return files | _made_from(files, wish, own)


def _made_from(files: dict[str, str], wish: Wish, own: list[str]) -> dict[str, str]:
    """What follows from the form: the fiches of the person's own references, and the schemas for editors."""
    form = read_static(Form, files["sources/form.yaml"].encode(), "sources/form.yaml")[0]
    vocabulary = read_static(Vocabulary, files["sources/vocabulary.yaml"].encode(), "sources/vocabulary.yaml")[0]
    assert form is not None and vocabulary is not None
    made: dict[str, str] = {}
    for key in own:
        assert wish.library is not None
        name, number = fiche_file(key), 1
        while name in made:  # two keys may differ by a sign that no name of a file holds
            number += 1
            name = fiche_file(f"{key}-{number}")
        made[name] = skeleton(wish.library.references[key], form, Catalogue(wish.lang))
    for name, text in schemas(form, vocabulary, wish.lang, kinds()).items():
        made[f"docs/schema/{name}.json"] = text
    return made


def _own_keys(library: Library) -> list[str]:
    """The references that are papers: not a second key of one, nor a mere collection of fields."""
    return [key for key, each in library.references.items() if key not in library.same and each.kind != "xdata"]


def _options(part: dict[str, Any], fields: dict[str, Field], words: dict[str, Any]) -> list[tuple[str, str]]:
    """The options of a part of the synthesis as they are written, with the fields by their ids."""

    def named(value: str) -> str:
        return fields[value].id if value in fields else value

    found = []
    for option, value in part.items():
        if option == "kind":
            continue
        if option == "title":
            found.append((option, quoted(words["headings"][value])))
        elif isinstance(value, list):
            found.append((option, f"[{', '.join(named(each) for each in value)}]"))
        else:
            found.append((option, named(value)))
    return found


def written(field: Field, study: Study, words: dict[str, Any]) -> str:
    """What stands after the colon of a field in the fiche of an invented study."""
    value = study.values[field.name]
    if field.type == "text":
        return f" {quoted(study.words[field.name])}"
    if field.type == "choice":
        return f" {field.words['choices'][value]['id']}"
    if field.type == "terms":
        return f" [{', '.join(field.words['terms'][each]['name'] for each in value)}]"
    if field.type == "items":
        return "".join(
            f"\n  - {line}"
            for pair in zip(study.words[field.name], value, strict=True)
            for line in [_remark(*pair, words)]
        )
    return f" {words['not-reported'] if value == 'not-reported' else value}"


def _remark(text: str, about: dict[str, Any], words: dict[str, Any]) -> str:
    lines = [f"text: {quoted(text)}"]
    if "page" in about:
        lines.append(f"page: {about['page']}")
    if "theme" in about:
        lines.append(f"theme: {words['themes'][about['theme']]['id']}")
    return "\n    ".join(lines)


def quoted(text: str) -> str:
    """A text as a value of YAML: as it is where YAML takes no sign of it away, else in single quotes."""
    plain = text[:1].isalnum() and not any(sign in text for sign in (": ", " #"))
    return text if plain and not text.endswith(":") else "'" + text.replace("'", "''") + "'"


def language_of(environ: dict[str, str]) -> str:
    """The language of the locale (POSIX, 8.2: LC_ALL, LC_MESSAGES, LANG), where the program has it; else English."""
    locale = next((given for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (given := environ.get(name))), "")
    lang = locale.replace("-", "_").split("_")[0].split(".")[0].lower()
    return lang if lang in LANGUAGES else FALLBACK


@cache
def texts_of(lang: str) -> dict[str, Any]:
    """Every text in a language; in English where the language has none."""
    return dict(_data(f"languages/{lang if lang in TEXTS else FALLBACK}"))


def _studies(words: dict[str, Any]) -> list[Study]:
    return [Study(words=words["studies"][each["key"]], **each) for each in _data("studies")]


def _data(name: str) -> Any:
    return yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)


def _names() -> list[str]:
    """The files of the new folder, as their templates name them."""
    folder = FOLDER / "files"
    return sorted(path.relative_to(folder).as_posix().removesuffix(".in") for path in folder.rglob("*.in"))


def _rendered(name: str, context: dict[str, Any]) -> str:
    return str(_environment().get_template(f"{name}.in").render(context))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "files"),
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"quoted": quoted, "written": written}
    return environment
