"""A review whose papers say numbers, dates and choices in many ways: the corpus of the golden files in `golden/measured`."""

from __future__ import annotations

from pathlib import Path

from synopse.build.session import Session
from tests.synthesis.corpus import small

FORM = """
sections:
  - id: ref
    title: Référence
    draws: reference
  - id: pico
    title: PICO
    fields:
      - {id: n, type: number, title: {fr: Effectif, en: Sample size}, unit: patients}
      - {id: dose, type: number, title: Dose, unit: mg}
      - {id: debut, type: date, title: {fr: Début, en: Start}}
      - id: plan
        type: choice
        title: {fr: Plan, en: Design}
        choices:
          - {id: rct, title: {fr: Essai randomisé, en: Randomised trial}}
          - {id: cohorte, title: {fr: Cohorte, en: Cohort}}
          - {id: cas, title: {fr: Cas-témoins, en: Case-control}}
      - id: risque
        type: choice
        title: {fr: Risque de biais, en: Risk of bias}
        choices:
          - {id: low, title: {fr: Faible, en: Low}}
          - {id: some, title: {fr: Modéré, en: Some concerns}}
          - {id: high, title: {fr: Élevé, en: High}}
      - {id: issues, type: terms, title: {fr: Critères, en: Outcomes}}
      - {id: forces, type: items, title: {fr: Forces, en: Strengths}}
      - {id: question, type: text, title: Question}
"""
VOCABULARY = """
terms:
  issues:
    - {name: Mortalité, aliases: [décès]}
    - Douleur
    - Coût
themes:
  - {id: taille, title: {fr: Taille, en: Size}}
  - {id: suivi, title: {fr: Suivi, en: Follow-up}}
"""
FICHES = {
    "adam2020": "status: complete\nn: 1 234 patients\ndose: 868,5\ndebut: July 2006\nplan: Essai randomisé\nrisque: LOW\n"
    "issues: [Mortalité, Douleur]\nforces: [{text: Grand., theme: taille}]\nquestion: Quoi ?",
    "bell2021": "status: partial\nn: 900\ndose: 900\ndebut: 2008–2010\nplan: cohorte\nrisque: Modéré\nissues: [décès]",
    "cole2021": 'status: complete\nn: "> 100"\ndose: NR\ndebut: vers 2010\nplan: rct\nrisque: low\nissues: [Coût]',
    "dale2022": "status: todo\nn: non rapporté\ndose: 2,40\ndebut: ND\nplan: cohort",
    "earl2023": "status: complete\nn: 10–20\ndose: env. 12\ndebut: depuis mars 2015\nrisque: élevé\nissues: [Mortalité]\n"
    "forces: [{text: Long., theme: [suivi, taille]}]",
    "ford2024": "status: todo",
}
BIB = "".join(
    f"@article{{{key}, author={{{key[:4].capitalize()}, Ann}}, title={{T {key}}}, date={{{key[4:]}}}, journaltitle={{J}}}}\n"
    for key in FICHES
)
SYNTHESIS = """
  - {kind: characteristics, columns: [n, dose, debut, plan, risque, year]}
  - {kind: compare, fields: [n, dose, debut]}
  - {kind: numbers}
  - {kind: timeline, field: debut}
  - {kind: matrix, field: plan}
  - {kind: matrix, field: issues, least: 2}
  - {kind: heatmap, field: risque, sort: vocabulary}
  - {kind: heatmap, fields: [plan], id: heatmap-fields}
  - {kind: bars, field: plan}
  - {kind: bars, field: issues, least: 2, id: bars-folded}
  - {kind: recurrence, field: plan}
  - {kind: gaps, rows: plan, field: risque}
  - {kind: gaps, rows: plan, field: risque, sort: vocabulary, id: gaps-in-order}
  - {kind: bubbles, rows: issues, field: plan}
  - {kind: matrix, field: risque, where: {risque: élevé}, id: one-kept}
"""


def review(root: Path, synthesis: str = SYNTHESIS, lang: str = "fr", fiches: dict[str, str] | None = None) -> Session:
    """A session over the review."""
    return small(root, FICHES if fiches is None else fiches, synthesis, VOCABULARY, BIB, FORM, lang)
