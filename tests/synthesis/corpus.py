"""A small corpus for the synthesis, from YAML in the test, and a table as a grid of words."""

from __future__ import annotations

from pathlib import Path

from synopse.build.session import Session
from synopse.export.values import value_of
from synopse.synthesis.table import Figure, Heading, Table

FORM = """
sections:
  - id: ref
    title: Référence
    draws: reference
  - id: methode
    title: {fr: Méthode, en: Method}
    fields:
      - {id: question, type: text, title: Question, required: true}
      - {id: techniques, type: terms, title: Techniques}
      - {id: metriques, type: terms, title: Métriques}
  - id: avis
    title: Avis
    fields:
      - {id: forces, type: items, title: Forces}
      - {id: limites, type: items, title: Limites}
  - id: mesures
    title: Mesures
    fields:
      - {id: effectif, type: number, title: Effectif, unit: patients}
      - {id: gain, type: number, title: Gain, unit: "%"}
      - {id: plan, type: choice, title: Plan, choices: [{id: essai, title: Essai randomisé}, cohorte]}
      - {id: debut, type: date, title: Début}
"""
VOCABULARY = """
terms:
  techniques:
    - {name: SFT, aliases: [fine-tuning]}
    - RLHF
    - CoT
    - Distillation
  metriques: [Précision, Coût]
themes:
  - {id: cout, title: Coût de calcul}
  - {id: humain, title: Contrôle humain}
  - {id: biais, title: Biais}
"""
FICHES = {
    "alpha2023": """status: complete
citation: {title: Une étude, date: mars 2023}
question: Que coûte le fine-tuning ?
techniques: [SFT, {term: RLHF, text: Retour humain.}]
metriques: [Coût]
forces:
  - {text: Peu coûteuse., theme: cout}
  - Bien écrite.
limites:
  - {text: Dépend des annotateurs., theme: humain, page: 4}
effectif: 120
gain: 3.5
plan: essai
debut: 2021-03""",
    "beta2024": """status: partial
citation: {title: Une autre étude, date: 2025}
question: Qui contrôle ?
techniques: [fine-tuning, CoT]
forces:
  - {text: Contrôle humain constant., theme: [humain, biais]}
limites:
  - {text: "Très coûteuse : 3 M€.", theme: cout}
  - {text: Données biaisées., theme: biais}
effectif: 80
plan: cohorte""",
    "gamma2024": """status: todo
techniques: [SFT, "=1+1"]
metriques: [Précision, Coût]
limites:
  - {text: Coût de l’énergie., theme: cout}
gain: -12""",
}
BIB = """
@article{alpha2023, author={Alpha, Ann and Two, Bo and Three, Cy}, title={Une étude}, date={2023-03-05}, journaltitle={Revue}}
@misc{beta2024, author={Bêta, Bob}, title={Une autre {ÉTUDE} utile}, date={2024}, eprint={2401.00001}, eprinttype={arxiv}}
@misc{gamma2024, author={Gamma, Cy and Delta, Dan}, title={La troisième}, date={2024-11}, doi={10.1000/x}}
"""
SYNTHESIS = """
  - {kind: heading, title: Tableaux}
  - {kind: characteristics, columns: [authors, date, source, status, plan, effectif, techniques], title: Études}
  - {kind: matrix, field: techniques, title: Techniques}
  - {kind: matrix, field: techniques, id: folded, title: Techniques fréquentes, least: 2}
  - {kind: compare, fields: [forces, limites, question], title: Avis}
  - {kind: recurrence, field: limites, title: Limites récurrentes}
  - {kind: coverage, title: Complétude}
  - {kind: gaps, rows: techniques, field: metriques, title: Lacunes}
  - {kind: agreement, fields: [forces], against: [limites], title: Face à face}
  - {kind: numbers, title: Mesures}
  - {kind: differences, title: Écarts}
  - {kind: timeline, title: Chronologie}
  - {kind: heatmap, field: techniques, title: Carte}
  - {kind: heatmap, fields: [forces, limites], id: themes, title: Thèmes}
  - {kind: bars, field: techniques, title: Barres}
  - {kind: bubbles, rows: techniques, field: metriques, title: Bulles}
  - {kind: prisma, title: Sélection}
  - {kind: disagreements, title: Différences}
  - {kind: reliability, title: Accord}
"""
READINGS = {
    "ana/alpha2023": """question: Que coûte le fine-tuning ?
techniques: [SFT, RLHF]
forces: [Peu coûteuse., Bien écrite.]
effectif: 120
plan: essai
debut: 2021-03""",
    "bo/alpha2023": """question: Que coûte le réglage ?
techniques: [fine-tuning, CoT]
forces: [Bien écrite, Peu coûteuse en énergie.]
effectif: 120,0
plan: cohorte
debut: mars 2021""",
    "ana/beta2024": """techniques: [SFT]
effectif: 80
plan: cohorte""",
    "bo/beta2024": """techniques: [SFT]
effectif: 80
plan: cohorte
gain: 2""",
    "ana/gamma2024": """plan: essai""",
}
"""Two readers; of the third paper there is one reading alone."""
SELECTION = """selection:
  identified: {arXiv: 40, Scopus: 20}
  removed: {doublons: 10}
  screened: 50
  excluded: 30
  not_retrieved: 2
  assessed: 18
  reasons: [{reason: hors sujet, count: 10}, {reason: trop court, count: 5}]
  included: 3
"""


def small(
    root: Path,
    fiches: dict[str, str] | None = None,
    synthesis: str = SYNTHESIS,
    vocabulary: str = VOCABULARY,
    bib: str = BIB,
    form: str = FORM,
    lang: str = "fr",
    selection: str = SELECTION,
) -> Session:
    """A session over a small project written into `root`."""
    fiches = FICHES if fiches is None else fiches
    (root / "sources/fiches").mkdir(parents=True, exist_ok=True)
    (root / "bib").mkdir(exist_ok=True)
    if not (root / "templates").exists():
        (root / "templates").symlink_to(Path(__file__).resolve().parents[2] / "templates")
    (root / "sources/form.yaml").write_text(form, "utf-8")
    (root / "sources/vocabulary.yaml").write_text(vocabulary, "utf-8")
    listed = ", ".join(fiches)
    report = f"title: Essai\nlang: {lang}\nfiches: [{listed}]\n{selection}synthesis:\n{synthesis}"
    (root / "sources/report.yaml").write_text(report, "utf-8")
    for path in (root / "sources/fiches").glob("*.yaml"):
        path.unlink()
    for key, text in fiches.items():
        (root / f"sources/fiches/{key}.yaml").write_text(f"key: {key}\n{text}\n", "utf-8")
    for name, text in READINGS.items():
        if form is FORM:
            path = root / f"sources/readings/{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"key: {path.stem}\nstatus: partial\n{text}\n", "utf-8")
    (root / "bib/a.bib").write_text(bib, "utf-8")
    return Session(root)


def tables(session: Session) -> dict[str, Table]:
    """Every table of the synthesis by id; a picture gives the table that it shows."""
    parts = session.synthesis[0]
    return {p.id: p if isinstance(p, Table) else p.table for p in parts if not isinstance(p, Heading)}


def grid(part: Table | Figure, session: Session) -> str:
    """A table as a person reads it in a golden file: lead, head, rows; a remark a line."""
    table = part if isinstance(part, Table) else part.table
    lines = [f"{table.kind} — {table.title}", part.lead, ""]
    rows = [[column.title for column in table.columns]]
    rows += [
        [str("" if (v := value_of(cell, session.project.words)) is None else v) for cell in row.cells]
        for row in table.rows
    ]
    lines += [" | ".join(value.replace("\n", " // ") for value in row).rstrip() for row in rows]
    if isinstance(part, Figure):
        lines += ["", f"alt: {part.alt}"]
    return "\n".join(lines).replace("\u00a0", " ") + "\n"
