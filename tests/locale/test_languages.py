"""A language is one file: each has every word, reads what it prints, and nothing else in the code names one."""

from __future__ import annotations

import ast
import json
import re
import shutil
import string
import subprocess
import sys
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synopse.bib.reference import Name, Names
from synopse.bib.stated import stated_names
from synopse.locale import DEFAULT, LANGUAGES, catalogue
from synopse.locale.cldr import month_names, plural_form
from synopse.locale.dates import plain_words, readings
from synopse.locale.languages import FOLDER, START, typed, words_of
from synopse.locale.phrases import Kind, folded, ways
from synopse.locale.spans import span_of
from synopse.markup.citations import LOCATORS, parse_locator
from synopse.markup.cited import locator_word
from synopse.model.form import Field
from synopse.model.values import date_words, number_words, read_date_value, read_number
from tests.conftest import ROOT, scalar
from tests.locale.outside import CATALAN

EMPTY = {
    "start",
    "collation",
    "list.and",
    "list.and.before",
    "list.or",
    "list.or.before",
    "date.first",
    "tex.before",
    "tex.preamble",
    "tex.citing",
    "typed.day-ending",
}
"""Entries that a language may leave empty."""
FREE = {"tops"}
"""What a sentence may need for its words to agree, and in another language does not."""
FORM = re.compile(r"\.(?:=\d+|zero|one|two|few|many)$")
FIELD = Field(id="n", type="number", title={"": "N"})
RELATIONS: dict[Kind, tuple[str, ...]] = {
    "number": ("about", "below", "at-most", "above", "at-least"),
    "date": ("about", "before", "until", "after", "since"),
}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_word_with_the_same_values(lang: str) -> None:
    words, ours = words_of(lang), words_of(DEFAULT)
    assert {name for name in words if not FORM.search(name)} == {name for name in ours if not FORM.search(name)}
    assert {name for name, text in words.items() if not text} <= EMPTY
    for name, text in words.items():
        if not name.startswith(("typed.", "tex.")):
            base = FORM.sub("", name)
            assert placeholders(text) <= placeholders(words[base]) | placeholders(ours.get(name, "")), name
            assert name not in ours or placeholders(text) - FREE == placeholders(ours[name]) - FREE, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_count_has_the_plural_form_that_cldr_asks_for(lang: str) -> None:
    words = words_of(lang)
    counted = {FORM.sub("", name) for each in LANGUAGES for name in words_of(each) if FORM.search(name)}
    for name, count in product(sorted(counted), range(120)):
        form = plural_form(lang, count)
        told_apart = f"{name}.none" in words or name == "lead.characteristics"  # lead.no-papers
        never_nothing = count == 0 and (told_apart or not name.startswith(("lead", "papers")))
        assert form == "other" or never_nothing or {f"{name}.={count}", f"{name}.{form}"} & words.keys(), (name, count)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_count_of_one_is_said_in_the_singular(lang: str) -> None:
    for name in ("papers.lead", "changes.cells", "matrix.others"):
        words = catalogue(lang)
        assert words.said(name, n=1) != words.said(name, n=2).replace("2", "1")
        assert "1" not in words.said(name, n=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_count_within_a_sentence_has_the_forms_that_cldr_asks_for(lang: str) -> None:
    asked = {plural_form(lang, count) for count in range(120)}
    for name, text in words_of(lang).items():
        for _, field, forms, _ in string.Formatter().parse(text) if not name.startswith(("typed.", "tex.")) else ():
            if not field or not forms:
                continue
            there = dict(form.split("=", 1) for form in forms.split("|"))
            of_several = field == "n" and f"{'.'.join(name.split('.')[:2])}.=1" in words_of(lang)
            alike = there.get("other") in ("@", "@f") or field == "tops"
            assert there.keys() >= asked or (there.keys() <= {"0", "2", "other"} and (alike or of_several)), name
    named = ("n", "rows", "columns", "empty", "cells", "papers", "complete", "sofar", "partial", "unread")
    counts = dict.fromkeys(named, 1) | {"share": "x"}
    for name in ("lead.gaps", "lead.coverage", "lead.heatmap"):
        one, two = (
            catalogue(lang).said(name, **(counts | {key: n for key in counts if key != "share"})) for n in (1, 2)
        )
        assert one != two.replace("2", "1"), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_of_two_are_both(lang: str) -> None:
    facts = {"field": "F", "tops": 1, "top": "x", "top_count": 2, "papers": 2, "period": ""}
    for name in ("lead.recurrence.all", "lead.matrix.all", "lead.characteristics.all"):
        two, three = (catalogue(lang).said(name, n=n, **facts) for n in (2, 3))
        assert two != three and not re.search(r"\b(?:all|alle|tous|toutes|tutti|tutte|todos|todas)\b", two), two


def test_a_count_in_a_sentence_agrees_with_its_words() -> None:
    counts = {"n": 2, "columns": 1, "empty": 1, "cells": 2, "papers": 3}
    said = {lang: catalogue(lang).said("lead.gaps", **counts).split(":")[0].strip() for lang in LANGUAGES}
    assert said == {
        "fr": "La carte croise 2 lignes et 1 colonne\u00a0; 1 case sur 2 est vide",
        "en": "The map crosses 2 rows and 1 column; 1 of 2 cells is empty",
        "de": "Die Karte kreuzt 2 Zeilen und 1 Spalte; 1 von 2 Feldern ist leer",
        "es": "El mapa cruza 2 filas y 1 columna; 1 de 2 casillas está vacía",
        "it": "La mappa incrocia 2 righe e 1 colonna; 1 casella su 2 è vuota",
        "pt": "O mapa cruza 2 linhas e 1 coluna; 1 de 2 células está vazia",
    }


def test_nothing_is_singular_in_french() -> None:
    assert catalogue("fr").said("lead.prisma", identified=9, assessed=4, n=0).endswith("et 0 retenue.")
    assert catalogue("en").said("lead.prisma", identified=9, assessed=4, n=0).endswith("and 0 included.")


@pytest.mark.parametrize(
    ("lang", "items", "printed"),
    [
        ("fr", "a b c", "a, b et c"), ("en", "a b c", "a, b and c"), ("de", "a b c", "a, b und c"), ("it", "a b c", "a, b e c"),
        ("pt", "a b c", "a, b e c"), ("es", "a b c", "a, b y c"), ("es", "Petrov Ibáñez", "Petrov e Ibáñez"),
        ("es", "Petrov Hinojosa", "Petrov e Hinojosa"), ("es", "agua hielo", "agua y hielo"), ("es", "a", "a"), ("es", "a Yeste", "a y Yeste"),
    ],
)  # fmt: skip
def test_items_are_listed_as_the_language_lists_them(lang: str, items: str, printed: str) -> None:
    assert catalogue(lang).listed(items.split()) == printed


@pytest.mark.parametrize(
    ("lang", "items", "printed"),
    [
        ("fr", "a b c", "a, b ou c"), ("en", "a b", "a or b"), ("de", "a b", "a oder b"), ("it", "a b", "a o b"), ("pt", "a b", "a ou b"),
        ("es", "a b", "a o b"), ("es", "a «Objetivos»", "a u «Objetivos»"), ("es", "a Hora", "a u Hora"), ("es", "«Otro»", "«Otro»"),
    ],
)  # fmt: skip
def test_items_of_which_one_is_enough_are_listed_so(lang: str, items: str, printed: str) -> None:
    assert catalogue(lang).either(items.split()) == printed


def test_a_quoted_item_is_listed_after_the_word_that_its_sound_asks_for() -> None:
    assert catalogue("es").listed(["«Pros»", "«Inclusión»"]) == "«Pros» e «Inclusión»"


@pytest.mark.parametrize(
    ("lang", "number", "share", "dates"),
    [
        ("fr", "12 345,60", "67 %", "2025 | mars 2025 | 8 mars 2025 | 1er mars 2025 | été 2025"),
        ("en", "12,345.60", "67%", "2025 | March 2025 | 8 March 2025 | 1 March 2025 | Summer 2025"),
        ("de", "12.345,60", "67 %", "2025 | März 2025 | 8. März 2025 | 1. März 2025 | Sommer 2025"),
        ("es", "12.345,60", "67 %", "2025 | marzo de 2025 | 8 de marzo de 2025 | 1 de marzo de 2025 | verano de 2025"),
        ("it", "12.345,60", "67%", "2025 | marzo 2025 | 8 marzo 2025 | 1º marzo 2025 | estate 2025"),
        ("pt", "12 345,60", "67%", "2025 | março de 2025 | 8 de março de 2025 | 1 de março de 2025 | verão de 2025"),
    ],
)  # fmt: skip
def test_numbers_shares_and_dates_are_those_of_the_language(lang: str, number: str, share: str, dates: str) -> None:
    words = catalogue(lang)
    isos = ("2025", "2025-03", "2025-03-08", "2025-03-01", "2025-22")
    said = [
        words.number(Decimal("12345.60")),
        words.percent(2, 3),
        " | ".join(words.date(readings(iso)[0]) for iso in isos),
    ]
    assert [text.replace("\u202f", " ").replace("\u00a0", " ") for text in said] == [number, share, dates]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["number", "date"])
def test_what_is_typed_in_a_language_is_understood_and_printed_as_typed(lang: str, kind: Kind) -> None:
    words, signs = catalogue(lang), dict(zip(RELATIONS[kind], "≈<≤>≥", strict=True))
    for name in RELATIONS[kind]:
        for phrase in typed(name, lang):
            text = re.sub(r"\([^)]*\)", "", phrase).format(2012)
            if kind == "number":
                number = read_number(scalar(text), FIELD, lang)
                assert (number.relation, number.value) == (signs[name], Decimal(2012)), text
                shown = number_words(number, words)
            else:
                dated = read_date_value(scalar(text), lang)
                assert dated.relation == signs[name] or span_of(text), text
                shown = date_words(dated, words)
            plain = re.sub(r"[^\d]", "", shown)
            assert plain == "2012" and folded(shown).split(plain[0])[0] == folded(text).split(plain[0])[0], (
                text,
                shown,
            )
    for phrase in typed("not-reported", lang):
        text = re.sub(r"\([^)]*\)", "", phrase)
        assert next(iter(ways(text, kind))).relation == "?", text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ranges_typed_in_a_language_are_understood_and_printed_as_typed(lang: str) -> None:
    for phrase in typed("range", lang):
        number = read_number(scalar(phrase.format(10, 20)), FIELD, lang)
        assert (number.value, number.end) == (Decimal(10), Decimal(20)), phrase
        assert number_words(number, catalogue(lang)).replace("\u00a0", " ") == phrase.format(10, 20)


def test_a_phrase_says_the_same_in_every_language_that_has_it() -> None:
    for kind, names in RELATIONS.items():
        found: dict[str, set[str]] = {}
        for lang, name in product(LANGUAGES, names):
            for phrase in typed(name, lang):
                found.setdefault(folded(re.sub(r"\([^)]*\)", "", phrase)), set()).add(name)
        assert {phrase: said for phrase, said in found.items() if len(said) > 1} == {}, kind


def test_no_name_of_a_month_is_another_month_elsewhere() -> None:
    found: dict[str, set[int]] = {}
    for lang in LANGUAGES:
        for name, number in month_names(lang).items():
            found.setdefault(plain_words(name)[-1], set()).add(number)
    assert {name: numbers for name, numbers in found.items() if len(numbers) > 1} == {}


def test_a_word_of_a_place_is_of_one_kind_in_all_languages() -> None:
    found: dict[str, set[str]] = {}
    for lang, kind in product(LANGUAGES, LOCATORS):
        for word in typed(f"locator.{kind}", lang):
            found.setdefault(folded(word.rstrip(".")), set()).add(kind)
    assert {word: kinds for word, kinds in found.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_reads_the_places_that_it_prints(lang: str) -> None:
    words = catalogue(lang)
    for kind in LOCATORS[1:]:
        printed = words[f"locator.{kind}"].replace(
            "§", "¶"
        )  # in French a paragraph; as in Pandoc, a typed § is a section
        for word in (printed, *typed(f"locator.{kind}", lang)):
            dot = "." if word.isalpha() and len(word) < 5 else ""
            locator, rest = parse_locator(f", {word}{dot} 3, passim")
            assert locator and (locator.kind, locator.value, rest) == (kind, "3", ", passim"), word
            assert locator_word(locator, words) in (f"{word}{dot}", words[f"locator.{kind}"])
    for page in ("12", "12–14", "xii", "S14"):
        printed = words.pages(page)
        assert words.pages(printed) == printed and printed.endswith(page)
        locator, _ = parse_locator(printed)
        assert locator and (locator.kind, locator.value) == ("page", page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotes_are_two_pairs_that_differ(lang: str) -> None:
    quotes = catalogue(lang).quotes
    assert all(quotes) and len({quote.strip("\u00a0\u202f") for quote in quotes}) == 4


NAMES = st.sampled_from(
    ["Ana García", "José Luis López", "Guiyao Tie", "Élodie Ruiz", "Bo Chan", "Inés Ibáñez", "Jürgen Müller"]
)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.booleans(), st.sampled_from(LANGUAGES))
def test_each_language_reads_the_names_that_it_lists(people: list[str], others: bool, lang: str) -> None:
    printed = catalogue(lang).people(people, 99, others)
    whole = tuple(Name(full.rsplit(" ", 1)[1], full.rsplit(" ", 1)[0]) for full in people)
    found = stated_names(printed)
    assert found.others == others and [name.full for name in found.names] == [name.full for name in Names(whole).names]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("García, J. y López, M.", ["J. García", "M. López"]),
        ("García y López", ["García", "López"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("João Costa e Silva", ["João Costa e Silva"]),
        ("Anna Rossi e Carlo Bianchi", ["Anna Rossi", "Carlo Bianchi"]),
        ("Eva Müller und Jan Schmidt", ["Eva Müller", "Jan Schmidt"]),
        ("Ministerio de Ciencia y Tecnología", ["Ministerio de Ciencia y Tecnología"]),
        ("Universidade de São Paulo", ["Universidade de São Paulo"]),
    ],
)
def test_a_letter_that_means_and_parts_people_and_not_a_name(text: str, people: list[str]) -> None:
    found = stated_names(text).names
    assert [
        " ".join(part for part in (name.given, name.short) if part) if not name.corporate else name.family
        for name in found
    ] == people


def test_a_word_of_another_language_is_no_month_of_this_one() -> None:
    assert readings("out in 2020") == [] and [date.iso for date in readings("out. de 2020")] == ["2020-10"]
    assert [date.iso for date in readings("8. März 2025")] == ["2025-03-08"]
    assert [date.iso for date in readings("1.º de marzo de 2025")] == ["2025-03-01"]


TEX = ("it", "pt")
"""Codes that are words of TeX as well."""


def named_in(path: Path, words: re.Pattern[str], codes: re.Pattern[str]) -> list[str]:
    """The lines of a file of code that name a language, but for what only explains."""
    text = path.read_text("utf-8")
    explained = set()
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                explained |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        code = re.sub(r"(?:^|\s)%#.*" if path.suffix == ".tex" else r"(?:^|\s)#.*", "", line)
        if number not in explained and (words.search(code) or codes.search(code)):
            found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    return found


def test_no_code_but_a_language_s_own_file_names_a_language() -> None:
    """Neither by its code in quotes (`pt` and `it` are TeX's as well: asked for beside `lang`), babel's name nor its package."""
    every = [words_of(lang) for lang in LANGUAGES]
    packages = [words["tex.package"] for words in every if "lang" in words["tex.package"]]
    words = re.compile(
        "|".join(rf"\b{re.escape(name)}\b" for name in [*(each["tex.babel"] for each in every), *packages])
    )
    codes = re.compile(
        rf"[\"'](?:{'|'.join(lang for lang in LANGUAGES if lang not in TEX)})[\"']|lang.*[\"'](?:{'|'.join(TEX)})[\"']"
    )
    files = [path for suffix in ("py", "lua") for path in (ROOT / "synopse").rglob(f"*.{suffix}")]
    files += [*(ROOT / "templates").rglob("*.tex"), ROOT / "install.sh", *(ROOT / "tools").glob("*.py")]
    allowed = {ROOT / "synopse/bib/languages.py": "biblatex's keys for the languages of references"}
    assert [line for path in files if path not in allowed for line in named_in(path, words, codes)] == []


def test_new_reviews_begin_in_the_languages_that_say_so() -> None:
    assert START == ("fr", "en") and START[0] == DEFAULT


ASKED = """
import json, sys
from pathlib import Path
from synopse.locale import LANGUAGES, catalogue
from synopse.locale.collation import collation_key
from synopse.locale.dates import readings
from synopse.markup.citations import parse_locator
from synopse.model.report import Report
from synopse.model.values import number_words, read_number
from tests.conftest import scalar
from tests.locale.test_languages import FIELD
words = catalogue("ca")
date = readings("8 d’abril del 2025")[0]
number = read_number(scalar("més de 80"), FIELD, "ca")
print(json.dumps([
    "ca" in LANGUAGES, "ca" in Report.model_json_schema()["properties"]["lang"]["enum"], date.iso, words.date(date), words.listed(["a", "b", "c"]),
    words.quoted("x"), number.relation, number_words(number, words), parse_locator("apt. 3")[0].kind, words.said("papers.lead", n=1),
]))
"""


def with_catalan(folder: Path) -> Path:
    """A copy of the program with one file more."""
    shutil.copytree(ROOT / "synopse", folder / "synopse", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", folder / "templates")
    words = dict(words_of("es")) | CATALAN
    (folder / "synopse" / FOLDER.name / "ca.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    return folder


def test_a_language_is_added_by_one_file_from_outside(tmp_path: Path) -> None:
    folder = with_catalan(tmp_path)
    (folder / "tests").symlink_to(ROOT / "tests")
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=folder, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        True, True, "2025-04-08", "8 d’abril del 2025", "a, b i c", "«x»", ">", "més de\u00a080", "section",
        "Aquest informe inclou un estudi. El seu títol porta a la fitxa de lectura corresponent.",
    ]  # fmt: skip
