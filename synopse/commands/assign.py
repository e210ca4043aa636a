"""`doit assign`: papers and readers in; who reads what, at random and balanced, in `sources/readings/assigned.yaml`, out."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from synopse.build.run import Run, doit_action
from synopse.commands.reading import must_see_all, readable
from synopse.diagnostics import Diagnostic, Rejected, Span, problem
from synopse.diagnostics.console import say
from synopse.diagnostics.model import did_you_mean
from synopse.ground.files import READINGS, write_whole
from synopse.model.readers import ASSIGNED

HEAD = "# Who reads what. doit assign adds to it and takes nothing away.\n"


@doit_action
def assign(run: Run, each: str = "2", seed: str = "1", take: str = "") -> list[Diagnostic]:
    """Gives each listed paper so many readers. `take` makes the fiches that no reader has read that reader's readings first."""
    must_see_all()
    project = readable(run.session)
    report = project.report
    assert report is not None
    place = report.value_place("readers") if report.readers else Span("sources/report.yaml")
    if not each.isdigit() or int(each) < 1:
        raise Rejected([problem("not-a-number", f'"{each}" is no number of readers', Span(""), "write --each 2")])
    known = [reader.id for reader in report.readers]
    if take and take not in known:
        raise Rejected(
            [
                problem(
                    "wrong-choice", f'"{take}" is none of the readers of report.yaml', place, did_you_mean(take, known)
                )
            ]
        )
    active = [reader.id for reader in report.readers if not reader.left]
    keys = list(dict.fromkeys(key.text.strip() for key in report.fiches))
    if take:
        for fiche in project.retained:
            if not project.readings.get(fiche.key):
                target = run.root / READINGS / take / fiche.file.rsplit("/", 1)[-1]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(run.root / fiche.file, target)
                say(f"  {target.relative_to(run.root).as_posix()}")
                project.readings.setdefault(fiche.key, {})[take] = fiche
    if len(active) < int(each):
        message = f"{each} readers a paper are asked for, and report.yaml has {len(active)} who read"
        raise Rejected([problem("too-few-readers", message, place, "name them under readers:")])
    had = {key: list(dict.fromkeys([*project.assigned.get(key, ()), *project.readings.get(key, {})])) for key in keys}
    read = {
        key: {name for name, fiche in project.readings.get(key, {}).items() if fiche.status != "todo"} for key in keys
    }
    made = assigned(keys, active, had, int(each), seed, read)
    others = {key: list(names) for key, names in project.assigned.items() if key not in made}
    write_whole(run.root / ASSIGNED, HEAD + as_yaml(made | others))
    loads = Counter(name for names in made.values() for name in names)
    say(f"  {ASSIGNED}: " + ", ".join(f"{name} {loads[name]}" for name in known))
    return []


def assigned(
    keys: Iterable[str],
    readers: list[str],
    had: Mapping[str, list[str]],
    each: int,
    seed: str,
    read: Mapping[str, Collection[str]] | None = None,
) -> dict[str, list[str]]:
    """The readers of each paper: those that it had, and as many of the least busy ones as it lacks, ties by chance.

    One who has left counts where the paper was read (`read`).

    The same seed gives the same; no two of `readers` come to differ by more than one paper where `had` is empty.
    """
    chance = random.Random(seed)
    keys = list(keys)
    made = {key: list(had.get(key, ())) for key in keys}
    loads = Counter(dict.fromkeys(readers, 0))
    loads.update(name for names in made.values() for name in names if name in loads)
    order = sorted(keys)
    chance.shuffle(order)
    for key in order:
        begun = (read or {}).get(key, ())
        lacking = each - len([name for name in made[key] if name in loads or name in begun])
        free = [name for name in readers if name not in made[key]]
        chance.shuffle(free)
        free.sort(key=lambda name: loads[name])
        for name in free[: max(lacking, 0)]:
            made[key].append(name)
            loads[name] += 1
    return made


def as_yaml(made: Mapping[str, list[str]]) -> str:
    """A line a paper, so that git merges two who add."""
    import yaml

    lines = []
    for key, names in made.items():
        said = yaml.safe_dump({key: names}, allow_unicode=True, width=10**9, default_flow_style=None)
        lines.append(said)
    return "".join(lines)
