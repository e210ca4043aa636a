"""The templates' environment: delimiters that suit LaTeX, undefined names as errors, and escapes by construction.

Templates may come from somebody else. Jinja's sandbox keeps them from Python: what they print is LaTeX, which the engine's
walls hold (ARCHITECTURE.md, "Walls").

`<< value >>` prints, `%% for … ` on a line of its own is a statement, `%# …` a comment. A string is escaped unless it
is `Latex`; inlines and blocks are written by the LaTeX writer.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import SandboxedEnvironment

from synopse.diagnostics import Diagnostic, Rejected, Span, problem
from synopse.ground.files import reason
from synopse.ground.keys import safe_key
from synopse.ground.notes import note
from synopse.ground.signed import read_signed, write_signed
from synopse.ground.templates import FOLDER
from synopse.locale import Catalogue
from synopse.markup.text import Cited, key_in_brackets
from synopse.markup.tree import Block, Inline, Text
from synopse.markup.typography import printed
from synopse.read.encoding import place
from synopse.render.latex.linemap import TEMPLATE_SIGN
from synopse.render.latex.writer import Latex, LatexWriter, Scope, escape, escape_url, label, mark
from synopse.render.page import CHARACTER, FACT, LIST_INDENT


class _MarkedLoader(jinja2.FileSystemLoader):
    """Puts at the end of each template line that prints a mark with the template's name and line."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        """The marked text. Raises `Rejected` for a file that cannot be read, or that is not in UTF-8."""
        try:
            source, path, fresh = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode("utf-8", "replace")
            span = place(before, len(before), f"{FOLDER}/{template}")
            message = f"the byte 0x{error.object[error.start]:02X} is not UTF-8"
            hint = "save the file as UTF-8 in your editor"
            raise Rejected([problem("template-error", message, span, hint)]) from None
        except jinja2.TemplateNotFound:  # an OSError as well
            raise
        except OSError as error:
            message = f"the template cannot be read: {reason(error)}"
            raise Rejected([problem("template-error", message, Span(f"{FOLDER}/{template}"))]) from None
        return "\n".join(_marked(line, template, n) for n, line in enumerate(source.split("\n"), 1)), path, fresh


class _Compiled(jinja2.BytecodeCache):
    """What Jinja makes of the templates, kept in signed files: Python runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was kept of a template."""
        code = read_signed(self.folder / f"{bucket.key}.template")
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it; a folder that cannot be written to costs time alone."""
        with contextlib.suppress(OSError):
            write_signed(self.folder / f"{bucket.key}.template", bucket.bytecode_to_string())


_NONE = object()


class _Environment(SandboxedEnvironment):
    """Notes which templates are used (`ground.notes`): those asked for, and those that they include."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute; Jinja goes by its name and the object's type, so that it is asked once."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; one that was read of such an object before, and may be, is given without asking again.

        A table has tens of thousands of them. Texts are left to Jinja, which lets no `format` of theirs reach Python.
        """
        if self._safe.get((type(obj), attribute)) and not isinstance(obj, str):
            value = getattr(obj, attribute, _NONE)
            if value is not _NONE:
                return value
        return super().getattr(obj, attribute)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """The template of a name."""
        if isinstance(name, str):
            note(f"template:{name}")
        return super().get_template(name, parent, globals)

    def select_template(self, names: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """The first template that there is of some names."""
        note(*(f"template:{name}" for name in names if isinstance(name, str)))
        return super().select_template(names, parent, globals)


def _marked(line: str, template: str, number: int) -> str:
    start = line.lstrip()
    if not start or start.startswith(("%%", "%#")):
        return line
    sign = f"\x01{TEMPLATE_SIGN}{FOLDER}/{template}\x02{number}\x021\x03"
    return sign + line


def make_environment(
    folders: Sequence[Path], words: Catalogue, compiled: Path | None = None, cited: Cited = key_in_brackets
) -> jinja2.Environment:
    """The environment of the templates in `folders`, of which the first that has one wins.

    What Jinja makes of them is kept in `compiled`, where one is given. `cited` says what a citation is called where no
    style prints it.
    """
    writer = LatexWriter(words, cited)
    kept = _Compiled(compiled) if compiled else None

    def written(value: Any) -> str:
        if isinstance(value, Latex):
            return value
        if isinstance(value, str):
            return escape(printed(value, words.lang))
        if isinstance(value, tuple):
            return (
                writer.blocks(value)
                if value and hasattr(value[0], "span") and _is_block(value[0])
                else writer.inlines(value)
            )
        return escape(str(value))

    environment = _Environment(
        loader=_MarkedLoader([str(folder) for folder in folders]),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<!--",
        comment_end_string="-->",
        line_statement_prefix="%%",
        line_comment_prefix="%#",
        undefined=jinja2.StrictUndefined,
        finalize=written,
        autoescape=False,
        keep_trailing_newline=False,
        bytecode_cache=kept,
    )

    def inlines(value: str | tuple[Inline, ...]) -> tuple[Inline, ...]:
        return (Text(value),) if isinstance(value, str) else value

    def blocks(value: Latex | tuple[Block, ...], scope: Scope) -> Latex:
        return value if isinstance(value, Latex) else writer.blocks(value, scope)

    environment.filters["url"] = escape_url
    environment.filters["label"] = label
    environment.filters["key"] = lambda key: Latex(safe_key(key))
    environment.filters["heading"] = lambda value, command: writer.heading(command, inlines(value))
    environment.filters["inline"] = lambda value: writer.inlines(inlines(value))
    environment.filters["line"] = lambda value: writer.line(inlines(value))
    environment.filters["captioned"] = lambda value: writer.captioned(inlines(value))
    environment.filters["legend"] = lambda value, before: writer.legend(inlines(value), inlines(before))
    environment.filters["narrow"] = lambda value, room: writer.inlines(inlines(value), Scope(nested=True, room=room))
    environment.filters["item"] = lambda value: blocks(value, Scope(indent=LIST_INDENT))
    environment.filters["fact"] = lambda value: blocks(value, Scope(room=FACT))
    environment.filters["plain"] = lambda value: writer.bookmark(inlines(value))
    environment.filters["in_column"] = lambda value, width: writer.inlines(
        inlines(value), _column(int(width / CHARACTER))
    )
    environment.filters["at"] = lambda value, span: Latex(mark(span) + written(value))
    environment.filters["latex"] = Latex
    environment.globals["words"] = words
    return environment


@lru_cache(maxsize=256)
def _column(room: int) -> Scope:
    return Scope(room=room)


def _is_block(value: Any) -> bool:
    from synopse.markup import tree

    return isinstance(value, (tree.Paragraph, tree.ListOf, tree.Quote, tree.CodeBlock, tree.Heading, tree.Rule,
                              tree.PipeTable, tree.Figure))  # fmt: skip


def render(environment: jinja2.Environment, name: str, **values: Any) -> str:
    """The template's text with its marks. Raises `Rejected` with the template's line for whatever is wrong with it."""
    note("report.lang")
    try:
        return environment.get_template(name).render(**values)
    except Rejected:
        raise
    except Exception as error:  # a template is code: it may raise anything
        raise Rejected([_template_problem(error, name, _homes(environment))]) from error


CONTRACT = re.compile(r"^%# synopse (?P<version>[0-9]+)\b", re.MULTILINE)
"""The line by which a template says which version of its contract it was written for: the names that it is given."""


def template_problems(folders: Sequence[Path], words: Catalogue) -> list[Diagnostic]:
    """What can be said of the templates before they are used: bytes, syntax, what they include, the version of each."""
    environment = make_environment(folders, words)
    found: list[Diagnostic] = []
    for name in environment.list_templates(extensions=["tex"]):
        try:
            environment.get_template(name)
            paths = [folder / name for folder in folders if (folder / name).is_file()]
            source = paths[0].read_text("utf-8", "replace")
            included = find_referenced_templates(environment.parse(source))
            missing = [each for each in included if each and not any((home / each).is_file() for home in folders)]
            found += [_missing(each, name, source) for each in missing]
            found += _of_an_older_contract(name, source, paths[1:])
        except Rejected as rejected:
            found += rejected.diagnostics
        except Exception as error:
            found.append(_template_problem(error, name, _homes(environment)))
    return found


def _of_an_older_contract(name: str, source: str, below: Sequence[Path]) -> list[Diagnostic]:
    """A review's own template that was taken from an older program: it is used, and the person is told."""
    if not below:
        return []
    theirs, ours = (_version(text) for text in (source, below[-1].read_text("utf-8", "replace")))
    if theirs >= ours:
        return []
    said = f"version {theirs} of its contract" if theirs else "no version of its contract"
    message = f"this template names {said}, and the program's own is of version {ours}: it may miss what is new"
    hint = f"compare it with the program's: synopse templates --take {name} --as {name}.new"
    return [problem("template-old", message, Span(f"{FOLDER}/{name}"), hint)]


def template_version(folders: Sequence[Path], name: str) -> int:
    """The version of the contract that the template of a name was written for; 0 where it names none."""
    paths = (folder / name for folder in folders)
    path = next((path for path in paths if path.is_file()), None)
    return _version(path.read_text("utf-8", "replace")) if path else 0


def _version(source: str) -> int:
    match = CONTRACT.search(source)
    return int(match["version"]) if match else 0


def _homes(environment: jinja2.Environment) -> list[str]:
    """The paths of the templates' folders."""
    paths = getattr(environment.loader, "searchpath", [""])
    return [str(path).replace("\\", "/").rstrip("/") for path in paths]


def _missing(wanted: str, name: str, source: str) -> Diagnostic:
    lines = [number for number, line in enumerate(source.split("\n"), 1) if wanted in line]
    return problem(
        "template-error", f'there is no template "{wanted}"', Span(f"{FOLDER}/{name}", min(lines, default=1))
    )


def _template_problem(error: Exception, name: str, homes: list[str]) -> Diagnostic:
    """An error of a template, at the innermost line of a template that it came through."""
    place = _line_of(error, homes) or Span(f"{FOLDER}/{name}")
    if isinstance(error, jinja2.TemplateSyntaxError):
        file = _template_name(error.filename, homes) or error.name or name
        return problem("template-error", str(error.message), Span(f"{FOLDER}/{file}", error.lineno))
    if isinstance(error, jinja2.TemplateNotFound):
        if _line_of(error, homes) is None:
            return problem("template-error", "the template is missing", Span(f"{FOLDER}/{error.name or name}"))
        return problem("template-error", f'there is no template "{error.name}"', place)
    if isinstance(error, jinja2.UndefinedError):
        return problem("template-error", str(error.message), place)
    said = str(error).strip() or "it cannot be used so"
    return problem("template-error", f"{said} ({type(error).__name__})", place)


def _line_of(error: BaseException, homes: list[str]) -> Span | None:
    """The line of the template at which an error left it (Jinja rewrites the traceback to template lines)."""
    found, trace = None, error.__traceback__
    while trace is not None:
        name = _template_name(trace.tb_frame.f_code.co_filename, homes)
        found = Span(f"{FOLDER}/{name}", trace.tb_lineno) if name else found
        trace = trace.tb_next
    return found


def _template_name(file: str | None, homes: list[str]) -> str:
    """The name of a template from the path of its file; empty for a file that is none.

    What Jinja made of it may have been kept from before the project was moved: then its folder has another path.
    """
    path = (file or "").replace("\\", "/")
    for home in homes:
        if path.startswith(f"{home}/"):
            return path.removeprefix(f"{home}/")
    _, folder, name = path.rpartition(f"/{FOLDER}/")
    return name if folder and name.endswith(".tex") else ""
