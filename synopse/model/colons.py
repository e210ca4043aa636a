"""Texts of a fiche that YAML read as `key: value`: its tree and the form in, a note for each that is taken as the text that it is out."""

from __future__ import annotations

from synopse.diagnostics import Diagnostic, problem
from synopse.model.base import rejoined_colon
from synopse.model.form import Form
from synopse.model.remark import REMARK_WORDS, TERM_WORDS, TEXT_WORDS
from synopse.read.traps import as_quoted
from synopse.read.tree import Mapping, Node, Sequence


def colon_notes(tree: Node, form: Form) -> list[Diagnostic]:
    """Notes for every remark or text that YAML read as `key: value` and that is taken as the text it is."""
    found: list[Diagnostic] = []
    if not isinstance(tree, Mapping):
        return found
    for key, value in tree.entries:
        form_field = form.fields.get(key.text)
        if key.text in ("studies", "arms") and not form_field:
            found += [note for part in getattr(value, "items", ()) for note in colon_notes(part, form)]
        if not form_field or form_field.type not in ("text", "items", "terms"):
            continue
        known = {"items": REMARK_WORDS, "terms": TERM_WORDS, "text": TEXT_WORDS}[form_field.type]
        for node in value.items if isinstance(value, Sequence) else (value,):
            meant = rejoined_colon(node, known)
            if meant is None or (isinstance(value, Mapping) and form_field.type != "text"):
                continue
            message = f'a text with " : " was read by YAML as the key "{node.entries[0][0].text}"'  # type: ignore[union-attr]
            hint = f"it is taken as the text that it is; to be sure, write\n{as_quoted(meant.text)}"
            found.append(problem("yaml-colon-key", message, meant.span, hint))
    return found
