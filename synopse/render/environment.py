"""The templates' environment: delimiters that suit LaTeX, undefined names as errors, and escapes by construction.

`<< value >>` prints, `%% for … ` on a line of its own is a statement, `%# …` a comment. A string is escaped unless it
is `Latex`; inlines and blocks are written by the LaTeX writer. Templates of the project win over those that ship.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2

from synopse.diagnostics import Rejected, Span, problem
from synopse.locale import Catalogue
from synopse.markup.latex import Latex, LatexWriter, escape, escape_url, mark
from synopse.render.linemap import TEMPLATE_SIGN


class _MarkedLoader(jinja2.FileSystemLoader):
    """Puts at the end of each template line that prints a mark with the template's name and line."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        source, path, fresh = super().get_source(environment, template)
        return "\n".join(_marked(line, template, n) for n, line in enumerate(source.split("\n"), 1)), path, fresh


def _marked(line: str, template: str, number: int) -> str:
    start = line.lstrip()
    if not start or start.startswith(("%%", "%#")):
        return line
    sign = f"\x01{TEMPLATE_SIGN}templates/{template}\x02{number}\x021\x03"
    return sign + line


def make_environment(folder: Path, words: Catalogue, compiled: Path | None = None) -> jinja2.Environment:
    """The environment of the templates in `folder`; what Jinja makes of them is kept in `compiled`, where one is given."""
    writer = LatexWriter(words)
    kept = jinja2.FileSystemBytecodeCache(str(compiled), "%s.template") if compiled and _made(compiled) else None

    def written(value: Any) -> str:
        if isinstance(value, Latex):
            return value
        if isinstance(value, str):
            return escape(value)
        if isinstance(value, tuple):
            return (
                writer.blocks(value)
                if value and hasattr(value[0], "span") and _is_block(value[0])
                else writer.inlines(value)
            )
        return escape(str(value))

    environment = jinja2.Environment(
        loader=_MarkedLoader(folder),
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
    environment.filters["url"] = escape_url
    environment.filters["at"] = lambda value, span: Latex(mark(span) + written(value))
    environment.filters["latex"] = Latex
    environment.globals["words"] = words
    return environment


def _made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True


def _is_block(value: Any) -> bool:
    from synopse.markup import tree

    return isinstance(value, (tree.Paragraph, tree.ListOf, tree.Quote, tree.CodeBlock, tree.Heading, tree.Rule,
                              tree.PipeTable, tree.Figure))  # fmt: skip


def render(environment: jinja2.Environment, name: str, **values: Any) -> str:
    """The template's text with its marks. Raises `Rejected` with the template's line for what is wrong with it."""
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        place = Span(f"templates/{Path(error.filename or error.name or name).name}", error.lineno)
        raise Rejected([problem("template-error", str(error.message), place)]) from None
    except jinja2.TemplateNotFound as error:
        place = Span(f"templates/{error.name or name}")
        raise Rejected([problem("template-error", "the template is missing", place)]) from None
    except jinja2.UndefinedError as error:
        place = Span(f"templates/{name}", _line_in(error, environment, name))
        raise Rejected([problem("template-error", str(error.message), place)]) from None


def _line_in(error: BaseException, environment: jinja2.Environment, name: str) -> int:
    """The line of the template at which an error left it (Jinja rewrites the traceback to template lines)."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def characters(texts: Iterable[str]) -> set[str]:
    """Every character that the texts print."""
    found: set[str] = set()
    for text in texts:
        found |= set(text)
    return found
