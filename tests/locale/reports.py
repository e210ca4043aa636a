"""A small report in each language, as a person would write it there: words around numbers and dates, places, quotes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from synopse.build.session import Session
from tests.synthesis.corpus import SYNTHESIS, small


@dataclass(frozen=True)
class Typed:
    """What a person types in a language, and what the report is to print of it (`NBSP` as a plain space)."""

    number: str
    printed_number: str
    about: str
    most: str
    absent: str
    date: str
    printed_date: str
    range: str
    place: str
    printed_place: str
    printed_quote: str
    others: str
    both: str
    pages: str
    printed_pages: str
    share: str


TYPED = {
    "fr": Typed("1 234,5", "1 234,5", "environ 120", "plus de 80", "non rapporté", "1er mars 2021", "1er mars 2021", "10 à 20",
                "chap. 3", "chap. 3", "« ainsi »", "et al.", "Ann Alpha et Bo Two", "p. 12 à 14", "pp. 12–14", "67 %"),
    "en": Typed("1,234.5", "1,234.5", "about 120", "more than 80", "not reported", "1st March 2021", "1 March 2021", "10 to 20",
                "chapter 3", "ch. 3", "“ainsi”", "et al.", "Ann Alpha and Bo Two", "pp. 12 to 14", "pp. 12–14", "67%"),
    "de": Typed("1.234,5", "1.234,5", "etwa 120", "mehr als 80", "keine Angabe", "1. März 2021", "1. März 2021", "10 bis 20",
                "Kap. 3", "Kap. 3", "„ainsi“", "u. a.", "Ann Alpha und Bo Two", "S. 12 bis 14", "S. 12–14", "67 %"),
    "es": Typed("1.234,5", "1.234,5", "unos 120", "más de 80", "no consta", "1 de marzo de 2021", "1 de marzo de 2021", "10 a 20",
                "cap. 3", "cap. 3", "«ainsi»", "et al.", "Ann Alpha y Bo Two", "págs. 12 a 14", "págs. 12–14", "67 %"),
    "it": Typed("1.234,5", "1.234,5", "circa 120", "più di 80", "non riportato", "1º marzo 2021", "1º marzo 2021", "10 a 20",
                "cap. 3", "cap. 3", "«ainsi»", "et al.", "Ann Alpha e Bo Two", "pp. 12 a 14", "pp. 12–14", "67%"),
    "pt": Typed("1 234,5", "1 234,5", "cerca de 120", "mais de 80", "não reportado", "1 de março de 2021", "1 de março de 2021",
                "10 a 20", "cap. 3", "cap. 3", "«ainsi»", "et al.", "Ann Alpha e Bo Two", "pp. 12 a 14", "pp. 12–14", "67%"),
}  # fmt: skip
"""A language that is added needs a line here, and the test of all languages asks for it."""


def fiches(typed: Typed) -> dict[str, str]:
    """Three notes whose values are typed in the language."""
    return {
        "alpha2023": f"""status: complete
citation: {{title: Une étude, date: {typed.date}, authors: {typed.both}}}
question: 'Wie "ainsi" steht es dort [@beta2024, {typed.place}; @beta2024, {typed.pages}].'
techniques: [SFT, {{term: RLHF, text: Retour humain.}}]
metriques: [Coût]
forces: [{{text: Peu coûteuse., theme: cout, page: {typed.pages}}}, Bien écrite.]
limites: [{{text: Dépend des annotateurs., theme: humain, page: 4}}]
effectif: {typed.number}
gain: {typed.range}
plan: essai
debut: {typed.date}""",
        "beta2024": f"""status: partial
techniques: [fine-tuning, CoT]
forces: [{{text: Contrôle humain., theme: [humain, biais]}}]
limites: [{{text: Très coûteuse., theme: cout}}]
effectif: {typed.about}
gain: {typed.absent}
debut: {typed.absent}
plan: cohorte""",
        "gamma2024": f"""status: todo
techniques: [SFT]
limites: [{{text: Coût., theme: cout}}]
effectif: {typed.most}""",
    }


def report_in(root: Path, lang: str, synthesis: str = SYNTHESIS, typed: Typed | None = None) -> Session:
    """The small report in a language, whose fiches were typed in it."""
    return small(root, fiches(typed or TYPED[lang]), synthesis, lang=lang)
