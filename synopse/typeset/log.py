"""What the engine and biber wrote in; diagnostics at the lines of the person's sources out, through the line maps."""

from __future__ import annotations

import re
import signal
from dataclasses import replace
from pathlib import Path

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.render.latex.linemap import LineMap
from synopse.typeset.job import Sources
from synopse.typeset.missing import INSTALL, package_of
from synopse.typeset.passes import PassResult

TOLERATED = 2.0
"""Points by which a line may be too wide before it is told: nobody sees less."""
_ERROR = re.compile(r"^(?P<file>[^\s:]+\.(?:tex|bbl|toc|aux|sty)):(?P<line>\d+): (?P<what>.*)$", re.MULTILINE)
_OVERFULL = re.compile(
    r"^synopse-overfull (?P<file>\S.*) (?P<first>-?\d+)-(?P<last>-?\d+) (?P<width>[\d.]+)pt\b", re.MULTILINE
)
_MISSING = re.compile(
    r"^Missing character: There is no (?P<char>.+?) (?:\(U\+(?P<code>[0-9A-F]+)\) )?in font (?P<font>[^!]*)!",
    re.MULTILINE,
)
_LAST_WORDS = re.compile(
    r"(?i)\b(?:fatal|error|attempt to|not found|cannot|can't|couldn't|unable|no such|denied|panic|no writeable)\b"
)
"""A line that says why an engine died which never came to the document: of the format, of Lua, of the system."""
_TOLD_BEFORE = re.compile(r"ISBN '[^']*' in entry '[^']*' is invalid|does not contain any citations")
"""What biber says of an ISBN, which the reading of the .bib has told at its line, and of a review before its first fiche."""
_LABEL_MOVED = re.compile(r"\\newlabel\{([^{}]+)\}")
_TITLE_MOVED = re.compile(r"\\(?:@writefile\{\w+\}\{\\)?contentsline ?\{\w+\}\{(.*?)\}\{\d*\}\{[\w.]*\}")
_NO_TITLE = re.compile(
    r"\\numberline ?\{[^{}]*\}|\\language ?\\l@nohyphenation ?|\\(?:ignorespaces|protect|[a-zA-Z@]+FB) ?|[{}]"
)
_UNDEFINED = re.compile(r"Citation '([^']+)' on page .* undefined")


class Places:
    """Looks up where a line of a generated file comes from."""

    def __init__(self, build: Path) -> None:
        self.build = build
        self.maps: dict[str, LineMap | None] = {}

    def of(self, file: str, line: int) -> Span:
        """The source of a line; the generated file itself where no map knows it."""
        name = re.sub(r"^(?:\.\./)*tex/|^\./", "", file)
        name = name if name.endswith(".tex") else f"{name}.tex"
        if name not in self.maps:
            try:
                text = (self.build / "lines" / f"{name}.json").read_text("utf-8")
                self.maps[name] = LineMap.from_json(text)
            except (OSError, ValueError, KeyError):
                self.maps[name] = None
        known = self.maps[name]
        place = known.at(line) if known else None
        return place or Span(f"build/tex/{name}" if (self.build / "tex" / name).exists() else file, line)


def read_log(build: Path, result: PassResult, sources: Sources) -> list[Diagnostic]:
    """Every problem of the last pass, at the person's lines: by the line maps in `build`, and by `sources`."""
    places = Places(build)
    found = [*_errors(result, places, build), *_overfull(result, places), *_missing(result, sources)]
    if result.timed_out:
        found.append(_timeout(result, sources))
    if result.moving:
        found.append(_unsettled(result.moving))
    found += [_of_biber(line, sources) for line in result.biber if not _TOLD_BEFORE.search(line)]
    for name in sorted(set(_UNDEFINED.findall(result.log))) if result.ok else ():
        key, _ = sources.of_reference(name) or (name, None)
        found.append(problem("unknown-citation", f'"{key}" stands in no bibliography', Span("build/references.bib")))
    return list(dict.fromkeys(found))


def _unsettled(moving: tuple[str, ...]) -> Diagnostic:
    """What still moved when the last pass that is allowed had run: labels, and headings where no label did."""
    labels = [match[1].removeprefix("to:") for line in moving if (match := _LABEL_MOVED.match(line))]
    titles = [_NO_TITLE.sub("", match[1]).strip() for line in moving if (match := _TITLE_MOVED.match(line))]
    named = list(dict.fromkeys(labels or titles))
    what = ", ".join(f'"{name}"' for name in named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    message = "the pages still moved when the last pass had run" + (f", at {what}" if what else "")
    hint = "page numbers there may be wrong by a page: add or take away a few words before it, and build again"
    return problem("unsettled-pages", message, Span("sources/report.yaml"), hint)


def _errors(result: PassResult, places: Places, build: Path) -> list[Diagnostic]:
    found = []
    for match in _ERROR.finditer(result.log):
        what, place = match["what"].strip(), places.of(match["file"], int(match["line"]))
        after = result.log[match.end() : match.end() + 400]
        missing = re.match(r"LaTeX Error: File `([^']+)' not found", what)
        if missing and missing[1].endswith((".sty", ".cls", ".def", ".ldf", ".bbx", ".cbx")):
            hint = "install the package of TeX Live that holds it, or choose another"
            found.append(problem("tex-missing", f"the TeX distribution lacks {missing[1]}", place, hint))
        elif "Undefined control sequence" in what:
            command = re.findall(r"\\[A-Za-z@]+", after.split("\nl.")[1].split("\n")[0] if "\nl." in after else after)
            name = command[-1] if command else "a command"
            found.append(problem("undefined-command", f"LaTeX does not have the command {name}", place))
        elif not what.startswith((" ", "==>")) and "Emergency stop" not in what:
            found.append(problem("tex-error", _sentence(what), place, "the whole log is in build/report.log"))
    font = re.search(r'The font "([^"]+)" cannot be found', result.log)
    if font:
        hint = f"install the package {package_of(font[1])}, or {INSTALL}"
        found = [problem("tex-missing", f'the font "{font[1]}" is not installed', Span("templates/preamble.tex"), hint)]
    return found


def last_words(log: str, status: int) -> str:
    """Why an engine stopped that named no file and line: the signal that ended it, or what it said last."""
    lines = [line.strip() for line in log.split("\n") if line.strip()]
    if status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)
        return f"the system ended the engine ({name})" + (", perhaps for want of memory" if name == "SIGKILL" else "")
    telling = [line for line in lines if _LAST_WORDS.search(line) and "==> Fatal error occurred" not in line]
    said = (telling or lines[-1:] or [""])[0].removeprefix("! ")
    return f"the engine stopped before it came to the document: {said}" if said else "the engine stopped without a word"


def why_failed(log: str, status: int) -> str:
    """The first error of an engine's log; its last words, where it has none."""
    first = _ERROR.search(log)
    return _sentence(first["what"].strip()) if first else last_words(log, status)


def _sentence(what: str) -> str:
    return what.removeprefix("LaTeX Error: ").removeprefix("! ").rstrip(".")


def _overfull(result: PassResult, places: Places) -> list[Diagnostic]:
    found: dict[Span, float] = {}
    in_table: dict[Span, bool] = {}
    for match in _OVERFULL.finditer(result.log):
        width = float(match["width"])
        if width > TOLERATED:
            first, last = abs(int(match["first"])), abs(int(match["last"]))
            looked = [places.of(match["file"], line) for line in (first, last, last - 1) if line > 0]
            place = next((each for each in looked if each.file.startswith(("sources", "bib"))), looked[0])
            found[place] = max(width, found.get(place, 0.0))
            in_table[place] = "synthesis/" in match["file"]
    return [
        problem(
            "wide-table" if in_table[place] else "overfull-line",
            f"a line is {width:.1f} pt wider than the text",
            place,
            "shorten a long word, or let it break with a hyphen",
        )
        for place, width in found.items()
    ]


def _missing(result: PassResult, sources: Sources) -> list[Diagnostic]:
    from synopse.markup.fonts import font_for

    found = []
    for match in _MISSING.finditer(result.log):
        code = match["code"]
        character = chr(int(code, 16)) if code else match["char"][:1]
        font = font_for(character)
        where = sources.of_character(character)
        name = f'"{character}" (U+{ord(character):04X})'
        hint = f"install the package {font.package}" if font else "write it in another way"
        found.append(problem("missing-glyph", f"no installed font of the report has {name}", where, hint))
    return found


def _timeout(result: PassResult, sources: Sources) -> Diagnostic:
    """The fiche that the engine was in, as it noted itself in a file (templates/preamble.tex, `synopseat`)."""
    try:
        key = (result.folder / "at").read_text("utf-8", "replace")
    except OSError:
        key = ""
    fiche = sources.of_fiche(key)
    name, where = fiche or ("", Span("templates/body.tex"))
    doing = f'it was in the fiche "{name}"' if fiche else "it was in no fiche"
    return problem("engine-timeout", f"the engine did not finish in time and was stopped: {doing}", where)


def _of_biber(line: str, sources: Sources) -> Diagnostic:
    """A line of biber's, at the entry that it speaks of."""
    text = re.sub(r"^(?:WARN|ERROR) - ", "", line).strip()
    for key in re.findall(r"['\"]([^'\"\s]+)['\"]", text):
        reference = sources.of_reference(key)
        if reference is not None:
            own, place = reference
            return replace(problem("biber", f"biber: {text.replace(key, own)}", place), about=own)
    return problem("biber", f"biber: {text}", Span("build/references.bib"))
