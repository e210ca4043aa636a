"""Three reports of invented studies that stand for those of persons: a PICO review of 12 studies with 22 fields, 53 and 150 studies.

`python -m tests.reports.make pico|scoping|large fr|en FOLDER` writes one. The same words come out each time.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.reports.words import BIAS, FIND_THEMES, GIVEN, LIMIT_THEMES, NAMES, TOPIC, WORDS, Words

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = {"pico": 12, "scoping": 53, "large": 150}
PICO = (
    (1, ("plan", "cadre", "pays", "debut", "duree")),
    (2, ("effectif", "age", "femmes", "diagnostic")),
    (3, ("intervention", "seances", "comparateur")),
    (4, ("critere", "effet", "indesirables")),
    (5, ("tirage", "ecarts", "perdus", "mesure", "rapport")),
    (6, ("financement", "limites")),
)
SCOPING = (
    (1, ("question", "plan", "pays", "effectif")),
    (3, ("intervention", "comparateur")),
    (4, ("critere", "constats", "indesirables")),
    (6, ("financement", "limites")),
)
TYPES = {"plan": "choice", "debut": "date", "duree": "number", "effectif": "number", "age": "number", "femmes": "number",
         "seances": "number", "effet": "number", "pays": "terms", "intervention": "terms", "indesirables": "items",
         "limites": "items", "constats": "items", "financement": "choice"}  # fmt: skip
JUDGED = ("tirage", "ecarts", "perdus", "mesure", "rapport")


def write_report(name: str, lang: str, root: Path) -> Path:
    """Writes the report into `root`, with a program of its own, as a person's folder has it."""
    words, chance, count = WORDS[lang], random.Random(f"{name}"), COUNTS[name]
    shape = PICO if name == "pico" else SCOPING
    (root / "sources/fiches").mkdir(parents=True)
    (root / "bib").mkdir()
    shutil.copy(ROOT / "dodo.py", root)
    for part in ("synopse", "templates"):
        (root / part).symlink_to(ROOT / part)
    studies = [_study(number, chance) for number in range(count)]
    _write(root / "sources/form.yaml", _form(words, shape))
    _write(
        root / "sources/vocabulary.yaml",
        {
            "themes": [{"id": id, "title": said} for id, said in words.themes.items()],
            "terms": {"pays": list(words.countries), "intervention": list(words.treatments)},
        },
    )
    for study in studies:
        _write(root / f"sources/fiches/{study['key']}.yaml", _fiche(study, words, shape, chance, name))
    (root / "bib/studies.bib").write_text("".join(map(_entry, studies)), "utf-8")
    _write(root / "sources/report.yaml", _report(name, lang, words, studies))
    return root


def _write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6), "utf-8")


def _study(number: int, chance: random.Random) -> dict[str, Any]:
    family = NAMES[number % len(NAMES)]
    year = chance.randrange(2012, 2025)
    return {
        "key": f"s{number + 1:03d}",
        "authors": " and ".join(
            f"{name}, {chance.choice(GIVEN)}" for name in dict.fromkeys((family, *chance.sample(NAMES, chance.randrange(4))))
        ),
        "year": year,
        "month": chance.randrange(1, 13),
        "title": f"{chance.choice(('Effects of', 'A trial of', 'Learning from', 'Two years of')) } {chance.choice(TOPIC)}"
        f" {chance.choice(('in adults with chronic insomnia', 'at work', 'in primary care', 'among older people'))}",
        "journal": chance.choice(("Journal of Invented Sleep", "Archives of Imaginary Medicine", "Nocturnal Studies")),
    }  # fmt: skip


def _entry(study: dict[str, Any]) -> str:
    pages = f"{study['month'] * 11}--{study['month'] * 11 + 9}"
    return (f"@article{{{study['key']},\n  author = {{{study['authors']}}},\n  title = {{{study['title']}}},\n"
            f"  journal = {{{study['journal']}}},\n  year = {{{study['year']}}},\n  month = {study['month']},\n"
            f"  pages = {{{pages}}},\n}}\n\n")  # fmt: skip


def _form(words: Words, shape: tuple[tuple[int, tuple[str, ...]], ...]) -> dict[str, Any]:
    sections: list[dict[str, Any]] = [{"id": "reference", "title": words.sections[0], "draws": "reference"}]
    for place, names in shape:
        sections.append(
            {"id": f"part{place}", "title": words.sections[place], "fields": [_field(name, words) for name in names]}
        )
    return {"sections": sections}


def _field(name: str, words: Words) -> dict[str, Any]:
    field: dict[str, Any] = {"id": name, "title": words.fields[name], "type": TYPES.get(name, "text")}
    if name in JUDGED:
        field |= {
            "type": "choice",
            "choices": [{"id": id, "title": said} for id, said in zip(BIAS, words.bias, strict=True)],
        }
    if name in ("plan", "financement"):
        said = words.designs if name == "plan" else words.funds
        field["choices"] = [{"id": f"{name}{place}", "title": each} for place, each in enumerate(said)]
    if name in ("duree", "age"):
        field["unit"] = words.weeks if name == "duree" else words.years
    if name == "femmes":
        field["unit"] = "%"
    return field


def _fiche(study: dict[str, Any], words: Words, shape: Any, chance: random.Random, name: str) -> dict[str, Any]:
    fiche: dict[str, Any] = {"key": study["key"], "status": chance.choice(("complete", "complete", "partial"))}
    full = 0.97 if name == "pico" else 0.8
    for _, names in shape:
        for each in names:
            value = _value(each, study, words, chance)
            if chance.random() < full:
                fiche[each] = value
    return fiche


def _value(name: str, study: dict[str, Any], words: Words, chance: random.Random) -> Any:
    treatment, group = chance.choice(words.treatments), chance.choice(words.groups)
    texts = {
        "cadre": chance.choice(words.settings),
        "diagnostic": group,
        "comparateur": chance.choice(words.compared),
        "critere": chance.choice(words.outcomes),
        "question": f"{treatment} : {group} ?" if words is WORDS["fr"] else f"{treatment}: {group}?",
    }
    if name in texts:
        return texts[name][0].upper() + texts[name][1:]
    if name in JUDGED:
        return chance.choice(BIAS)
    if name == "plan":
        return f"plan{chance.choice((0, 0, 0, 1, 2, 3, 4))}"
    if name == "financement":
        return f"financement{chance.randrange(4)}"
    if name == "debut":
        return f"{study['year'] - chance.randrange(1, 4)}-{study['month']:02d}"
    numbers = {"duree": chance.choice((4, 8, 12, 26)), "effectif": chance.randrange(24, 640), "age": chance.randrange(21, 78),
               "femmes": chance.randrange(30, 90), "seances": chance.randrange(1, 6), "effet": round(chance.uniform(-0.9, 0.2), 2)}  # fmt: skip
    if name in numbers:
        return numbers[name]
    if name == "pays":
        return chance.sample(words.countries, chance.choice((1, 1, 1, 2)))
    if name == "intervention":
        return chance.sample(words.treatments, chance.choice((1, 1, 2)))
    if name == "indesirables":
        return [chance.choice(words.harms)]
    said, themes = (words.limits, LIMIT_THEMES) if name == "limites" else (words.finds, FIND_THEMES)
    places = chance.sample(range(len(said)), chance.choice((1, 2, 2, 3)))
    return [
        {"text": said[n], "page": chance.randrange(3, 19), **({"theme": themes[n]} if themes[n] else {})}
        for n in places
    ]


def _report(name: str, lang: str, words: Words, studies: list[dict[str, Any]]) -> dict[str, Any]:
    said, found = words.parts, "constats" if name != "pico" else "limites"
    synthesis: list[dict[str, Any]] = [
        {"kind": "heading", "title": said["studies"]},
        {"kind": "characteristics", "columns": ["authors", "date", "plan", "pays", "effectif"]},
        {"kind": "timeline"},
        {"kind": "prisma"},
        {"kind": "coverage"},
        {"kind": "numbers"},
    ]
    if name == "pico":
        synthesis += [
            {"kind": "heading", "title": said["bias"]},
            {"kind": "compare", "id": "biais", "fields": list(JUDGED)},
            {"kind": "heatmap", "id": "themes", "fields": ["limites"]},
        ]
    synthesis += [
        {"kind": "heading", "title": said["found"]},
        {"kind": "matrix", "id": "interventions", "field": "intervention"},
        {"kind": "matrix", "id": "pays", "field": "pays", "least": 2},
        {"kind": "recurrence", "field": found},
        {"kind": "recurrence", "id": "plans", "field": "plan"},
        {"kind": "bars", "field": "intervention"},
        {"kind": "gaps", "rows": "intervention", "field": "plan"},
        {"kind": "bubbles", "rows": "intervention", "field": "pays"},
    ]
    total = 1240
    kept = len(studies)
    return {
        "title": words.title,
        "lang": lang,
        "authors": ["Ada Synopse", "Bo Synopse"],
        "date": "2025-06",
        "introduction": f"{words.introduction.format(n=len(studies))}\n",
        "bibliography": {"style": "authoryear"},
        "fiches": [study["key"] for study in studies],
        "selection": {
            "identified": {"MEDLINE": 700, "Embase": 540},
            "removed": {words.duplicates: 240},
            "screened": total - 240,
            "excluded": total - 240 - 260,
            "not_retrieved": 10,
            "assessed": 250,
            "reasons": [
                {"reason": words.reasons[0], "count": 200 - kept},
                {"reason": words.reasons[1], "count": 50},
            ],
            "included": kept,
        },
        "synthesis": synthesis,
    }


if __name__ == "__main__":
    write_report(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
