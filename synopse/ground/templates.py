"""The templates of a review: its own, which win, and those of the program for all that it leaves as it is.

The program's templates lie in the repository's `templates/`, and in an installed program within the package (the wheel
carries the same files). A review's folder `templates/` holds what it changes, and what goes with it: logos, classes, packages.
"""

from __future__ import annotations

import os
from pathlib import Path

import synopse
from synopse.ground.files import GENERATED, is_source_name, own_files
from synopse.ground.notes import note, put
from synopse.ground.review import Review

FOLDER = "templates"
"""The folder of a review's own templates, and the name under which messages speak of any."""


def program_templates() -> Path:
    """The folder of the program's own templates."""
    package = Path(synopse.__file__).parent
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def template_folders(root: Path) -> list[Path]:
    """Where the templates of a review are looked for, in this order; only one folder where both are the same."""
    own, program = root / FOLDER, program_templates()
    try:
        return [own] if own.samefile(program) else [own, program]
    except OSError:
        return [own, program]


def template(root: Path, name: str) -> Path:
    """The file of a template: the review's, else the program's. It need not be there. That it was asked for is noted."""
    note(f"template:{name}")
    found = [folder / name for folder in template_folders(root)]
    return next((path for path in found if path.exists() or path.is_symlink()), found[0])


def templates_by_name(root: Path) -> dict[Path, Path]:
    """The files that a report of this review is made with, by their names below `templates/`: the review's own win."""
    found: dict[Path, Path] = {}
    for folder in reversed(template_folders(root)):
        files = (path for path in folder.rglob("*") if is_source_name(path.name) and path.is_file())
        found |= {path.relative_to(folder): path for path in files}
    return dict(sorted(found.items()))


def templates_in(root: Path) -> list[Path]:
    """The same files, in the order of their names."""
    return list(templates_by_name(root).values())


def led_out(root: Path) -> list[Path]:
    """The links in `templates/` that lead out of it: templates may come from somebody else, who has no business there."""
    folder = root / FOLDER
    real = os.path.realpath(folder)
    links = (path for path in folder.rglob("*") if path.is_symlink())
    return sorted(path for path in links if not Path(os.path.realpath(path)).is_relative_to(real))


def brought_along(root: Path) -> list[Path]:
    """What the templates need beside them, as it lies in `templates/`: a logo, a package or a style of one's own."""
    return [path for path in templates_in(root) if path.suffix not in GENERATED]


def bring_along(root: Path) -> None:
    """Copies them to where LaTeX finds them, under the same names, and removes those that are gone."""
    tex = Review(root).tex
    found = {name: path for name, path in templates_by_name(root).items() if path.suffix not in GENERATED}
    for name, path in found.items():
        put(tex / name, path.read_bytes())
    for path in own_files(tex):
        if path.relative_to(tex) not in found:
            path.unlink()
