"""The steps of a selection in, the shapes of a PRISMA 2020 flow diagram out (Page et al., BMJ 2021;372:n71, figure 1).

What goes on stands in boxes from top to bottom, what is taken out at the right of them. What an earlier version of the review
included stands at the left, what other methods found at the right, each in columns of its own, as in the published templates. A
box is as high as its words need, and the boxes of a stage are together as high as its name is long; no word is divided.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from synopse.locale import Catalogue
from synopse.render.measure import width
from synopse.render.page import PORTRAIT
from synopse.render.shapes import SMALLEST, Shape, line_height, wrapped
from synopse.synthesis.table import Row

STAGE, GAP, BETWEEN = 7.0, 5.0, 6.0
"""The width of a stage's bar; between two columns; between two boxes of a column."""
PADDING = 2.0
STAGE_END = 1.0
"""What a stage's bar has at either end of its name."""
_BESIDE = {"identified": "removed", "screened": "excluded", "level": "level-excluded", "sought": "not-retrieved",
           "assessed": "reason"}  # fmt: skip
"""What is taken out beside a box."""
_ORDER = ("identified", "screened", "level", "sought", "assessed")
_STAGES = {"identification": ("identified",), "screening": ("screened", "level", "sought", "assessed"), "included": ()}


@dataclass
class _Box:
    """A box with its lines, at its place once it is laid out."""

    lines: list[str]
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0


@dataclass
class _Level:
    """A level of the flow, as wide as the page: boxes by column; and the stage that it belongs to."""

    stage: str
    boxes: dict[str, _Box] = field(default_factory=dict)


def flow(rows: tuple[Row, ...], words: Catalogue) -> tuple[list[Shape], float]:
    """The shapes of the diagram, and its type size in points."""
    levels = _levels(rows, words)
    used = [
        name
        for name in ("previous", "main", "out", "other", "other-out")
        if any(name in level.boxes for level in levels)
    ]
    size = 8.5 if len(used) <= 2 else SMALLEST
    wide = (PORTRAIT - STAGE - GAP * len(used)) / len(used)
    wide = min(wide, 66.0)
    left = {name: STAGE + GAP + place * (wide + GAP) for place, name in enumerate(used)}
    shapes: list[Shape] = []
    y = _headed(shapes, used, left, wide, size, words)
    tops: list[tuple[str, float, float]] = []
    for place, level in enumerate(levels):
        lines = {name: [part for line in box.lines for part in wrapped(line, size, wide - 2 * PADDING)]
                 for name, box in level.boxes.items()}  # fmt: skip
        height = max(len(each) for each in lines.values()) * line_height(size) + 2 * PADDING
        if place + 1 == len(levels) or levels[place + 1].stage != level.stage:
            top = next((top for stage, top, _ in tops if stage == level.stage), y)
            height = max(height, _named(level.stage, words) - (top - y))
        for name, box in level.boxes.items():
            box.x, box.y, box.w, box.h = left[name], y, wide, height
            box.lines = lines[name]
            shapes.append(Shape("box", box.x, y, wide, height, "\n".join(box.lines)))
        tops.append((level.stage, y, y - height))
        y -= height + BETWEEN
    shapes += _arrows(levels)
    for stage in _STAGES:
        own = [(top, bottom) for name, top, bottom in tops if name == stage]
        if own:
            said = words[f"prisma.stage.{stage}"]
            shapes.append(Shape("stage", 0.0, own[0][0], STAGE, own[0][0] - own[-1][1], said))
    return shapes, size


def _named(stage: str, words: Catalogue) -> float:
    """How high a stage's bar is at least: its name stands upright in it."""
    return width(words[f"prisma.stage.{stage}"], SMALLEST, "head") + 2 * STAGE_END


def _levels(rows: tuple[Row, ...], words: Catalogue) -> list[_Level]:
    """The boxes of each level, their lines as they are read: what a box counts, then each source or reason."""
    found: dict[str, list[Row]] = {}
    levels: list[_Level] = []
    stage_of = {name: stage for stage, names in _STAGES.items() for name in names}
    groups: list[tuple[str, list[Row]]] = []
    for row in rows:
        if groups and groups[-1][0] == row.name and row.name != "level":
            groups[-1][1].append(row)
        else:
            groups.append((row.name, [row]))
    for name, group in groups:
        if name not in ("level", "level-excluded"):
            found.setdefault(name, []).extend(group)
    for name, group in groups:
        if name not in _ORDER:
            if name == "level-excluded" and levels:
                levels[-1].boxes["out"] = _Box(_said(group, words))
            continue
        level = _Level(stage_of[name], {"main": _Box(_said(group, words))})
        beside = _BESIDE[name]
        if beside in found and name != "level":
            level.boxes["out"] = _Box(_said(found[beside], words))
        if f"other-{name}" in found:
            level.boxes["other"] = _Box(_said(found[f"other-{name}"], words))
            if f"other-{beside}" in found:
                level.boxes["other-out"] = _Box(_said(found[f"other-{beside}"], words))
        levels.append(level)
    if "previous" in found and levels:
        levels[0].boxes["previous"] = _Box(_said(found["previous"], words))
    for name in ("included", "total", "synthesised"):
        if name in found:
            levels.append(_Level("included", {"main": _Box(_said(found[name], words))}))
    return levels


def _said(rows: list[Row], words: Catalogue) -> list[str]:
    """The lines of a box: "Records removed before screening:", then each reason with its number, or all in one line."""
    lines: list[str] = []
    headed = ""
    for row in rows:
        head, _, rest = row.cells[0].text.partition(" — ")
        count = f"(n = {words.number(int(row.cells[1].number or 0))})".replace(" ", "\u00a0")
        if not rest:
            lines.append(f"{head} {count}")
            headed = head
            continue
        if headed != head:
            lines.append(head + words["colon"])
            headed = head
        lines.append(f"{rest} {count}")
    return lines


def _headed(
    shapes: list[Shape], used: list[str], left: dict[str, float], wide: float, size: float, words: Catalogue
) -> float:
    """Heads of the columns, where there is more than one flow; the line below them."""
    if "previous" not in used and "other" not in used:
        return 0.0
    spans = {"head.previous": ["previous"], "head.databases": ["main", "out"], "head.other": ["other", "other-out"]}
    heads = []
    for name, columns in spans.items():
        own = [column for column in columns if column in used]
        if own:
            across = wide * len(own) + GAP * (len(own) - 1)
            heads.append((left[own[0]], across, wrapped(words[f"prisma.{name}"], size * 1.1, across - 2 * PADDING)))
    height = max(len(lines) for _, _, lines in heads) * line_height(size) + 2 * PADDING
    for x, across, lines in heads:
        shapes.append(Shape("banner", x, 0.0, across, height, "\n".join(lines)))
    return -height - BETWEEN


def _arrows(levels: list[_Level]) -> list[Shape]:
    """From each box to what is taken out beside it, and to the next below in its column; other ways end in the included."""
    shapes: list[Shape] = []
    for level in levels:
        for name, beside in (("main", "out"), ("other", "other-out")):
            if name in level.boxes and beside in level.boxes:
                box, out = level.boxes[name], level.boxes[beside]
                middle = box.y - box.h / 2
                shapes.append(Shape("arrow", box.x + box.w, middle, out.x, middle))
    last = next((level for level in levels if level.stage == "included"), None)
    for name in ("previous", "main", "other"):
        own = [level.boxes[name] for level in levels if name in level.boxes]
        for box, below in itertools.pairwise(own):
            shapes.append(Shape("arrow", box.x + box.w / 2, box.y - box.h, below.x + below.w / 2, below.y))
        if name != "main" and own and last:
            end, goal = own[-1], last.boxes["main"]
            middle, x = goal.y - goal.h / 2, end.x + end.w / 2
            shapes.append(Shape("line", x, end.y - end.h, x, middle))
            shapes.append(Shape("arrow", x, middle, goal.x if x < goal.x else goal.x + goal.w, middle))
    return shapes
