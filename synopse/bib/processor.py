"""citeproc-py in; the same with its slips mended, while it is at work, out.

Mended are ranges of dates, which it prints without their year or not at all; the case of words, which it changes in every language;
initials; names that go on; the letter after a year; and the time that it takes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from synopse.bib.csl import DATE_VARIABLES, NAMES
from synopse.bib.reference import Reference
from synopse.bib.sealed import Seals
from synopse.locale.dates import SPRING, PartialDate

_ONE_AT_A_TIME = threading.Lock()
DATE_PARTS = ("year", "month", "day")
"""From the largest to the smallest."""


class NamesAndOthers(list[Any]):
    """Names of a list that goes on: the last one stands for the others, and is never printed."""


def put_in(source: Any, key: str, each: Reference, letter: str = "", *, after_year: bool = False) -> None:
    """Gives a reference of the processor its dates, what says that its names go on, and the letter that tells its year from a twin's.

    `after_year` puts the letter after the year, for a style that says nothing of where it goes.
    """
    from citeproc.source import Name

    item = source[key]
    for name, variable in DATE_VARIABLES.items():
        if name in each.dates and not (name == "date" and "year" in each.texts):
            item[variable.replace("-", "_")] = _date(each.dates[name])
    for name in NAMES:
        if name in each.names and each.names[name].others and name in item:
            item[name] = NamesAndOthers([*item[name], Name(literal="")])
    if letter and after_year and item.get("issued"):
        item["issued"]["letter"] = letter
    elif letter:
        item["year_suffix"] = letter


def _date(date: PartialDate) -> Any:
    from citeproc.source import Date, DateRange

    if not date.end and not date.open:
        return _one(date)
    begin = _one(date.alone)
    made = DateRange(begin=begin, end=_one(date.end) if date.end else Date(year=0), circa=bool(date.mark))
    made["open"] = date.open
    return made


def _one(date: PartialDate) -> Any:
    from citeproc.source import Date

    parts = {"month": date.month, "day": date.day, "season": date.season - SPRING + 1 if date.season else 0}
    return Date(year=date.year, circa=bool(date.mark), **{name: value for name, value in parts.items() if value})


@contextmanager
def mended(style: Any, seals: Seals) -> Iterator[None]:
    """While this lasts the processor does what its specification says; one at a time, for it is mended in place."""
    from citeproc import model, source

    with _ONE_AT_A_TIME, ExitStack() as changes:
        for owner, name, value in (*_ours(model, source, seals), *_each_macro_once(model, style)):
            changes.enter_context(_replaced(owner, name, value))
        yield


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Another attribute for a while."""
    there, was = name in vars(owner), getattr(owner, name, None)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if there:
            setattr(owner, name, was)
        else:
            delattr(owner, name)


def _ours(model: Any, source: Any, seals: Seals) -> Iterator[tuple[Any, str, Any]]:
    numbered = source.CitationItem.number.fget

    def initialize(self: Any, given: str, mark: str, context: Any) -> str:
        return seals.initials(given, mark, bool(self.get_option("initialize-with-hyphen", context)))

    yield source.CitationItem, "number", property(lambda item: seals.seal(str(numbered(item)), "n"))
    yield model.TextCased, "case", _case
    yield model.Name, "initialize", initialize
    yield model.Name, "process", _names_of(model.Name.process)
    yield model.Date, "process", _process_date
    yield model.Date_Part, "process", _process_part(model.Date_Part.process)
    yield model.Date_Part, "render", _unchanged(model.Date_Part.render)


def _case(self: Any, text: Any, language: str | None = None) -> Any:
    """The case that a style wants of the words of a locale, such as "retrieved"; a work's own are sealed.

    Titles are not put into English title case: the PDF prints them as they are written.
    """
    wanted = self.get("text-case")
    if wanted == "uppercase":
        return text.upper()
    if wanted == "lowercase":
        return text.lower()
    if wanted == "capitalize-first" and str(text)[:1].islower():
        return str(text)[0].upper() + str(text)[1:]
    return text


def _names_of(original: Callable[..., Any]) -> Callable[..., Any]:
    def process(self: Any, item: Any, variable: str, context: Any = None, sort_options: Any = None, **more: Any) -> Any:
        """The names; of a list that goes on, all that the style would print of it, and « et al. »."""
        names = item.reference.get(variable, [])
        if isinstance(names, NamesAndOthers):
            least, first = (self.get_option(f"et-al-{name}", context, sort_options) for name in ("min", "use-first"))
            shown = min(first, len(names) - 1) if least and len(names) >= least else len(names) - 1
            cut = {"et-al-min": "1", "et-al-use-first": str(shown), "et-al-use-last": "false"}
            sort_options = {**(sort_options or {}), **cut}
        return original(self, item, variable, context=context, sort_options=sort_options, **more)

    return process


def _unchanged(original: Callable[..., Any]) -> Callable[..., Any]:
    def render(self: Any, *args: Any, **more: Any) -> Any:
        """A part of a date; what a style asks of it is asked for this once, where the processor left it in the locale for good."""
        before = dict(self.attrib)
        try:
            return original(self, *args, **more)
        finally:
            self.attrib.clear()
            self.attrib.update(before)

    return render


def _process_part(original: Callable[..., Any]) -> Callable[..., Any]:
    def process(self: Any, date: Any, context: Any = None) -> Any:
        """A part of a date; a season is a word, also where a style wants months as numbers."""
        name = self.get("name")
        if name == "month" and "month" not in date and "season" in date:
            return (context if context is not None else self).get_single_term(name=f"season-{date['season']:02}")
        text = original(self, date, context)
        return f"{text}{date.pop('letter')}" if name == "year" and "letter" in date else text

    return process


def _process_date(
    self: Any, item: Any, variable: str | None = None, show_parts: Any = None, context: Any = None, **more: Any
) -> Any:
    """A date, or a range of dates: what both ends share is said once (CSL 1.0.2, "Date Ranges")."""
    variable = variable or self.get("variable")
    within = self.is_locale_date()
    form = self.get("form")
    if not within and form is not None:
        shown = (self.get("date-parts") or "-".join(DATE_PARTS)).split("-")
        return self.get_date(form).render(item, variable, show_parts=shown, context=self)
    date = item.reference[variable.replace("-", "_")]
    if not date:
        return None
    context = context if within else self
    parts = [part for part in self.iterchildren() if part.get("name") in (show_parts or DATE_PARTS)]
    text = _dated(date, parts, context)
    return context.wrap(text) if text else None


def _dated(date: Any, parts: list[Any], context: Any) -> str:
    from citeproc.source import DateRange, LiteralDate

    names = [part.get("name") for part in parts]
    if isinstance(date, LiteralDate):
        return str(date.text) if "year" in names else ""
    if not isinstance(date, DateRange):
        return _joined(date, parts, context)
    letter = date.pop("letter", "")
    if letter:
        date["begin" if date["open"] else "end"]["letter"] = letter
    if date["open"]:
        text = _joined(date.begin, parts, context)
        dash = ("", "–") if date["open"] == "from" else ("–", "")
        return f"{dash[0]}{text}{dash[1]}" if text and "year" in names else text
    return _ranged(date, parts, context)


def _ranged(date: Any, parts: list[Any], context: Any) -> str:
    begin, end = date.begin, date.end
    levels = [DATE_PARTS.index(part.get("name")) for part in parts]
    values = {level: [_value(each, DATE_PARTS[level]) for each in (begin, end)] for level in levels}
    differing = [level for level, (one, other) in values.items() if one != other]
    if not differing:
        return _joined(end, parts, context)
    at = [place for place, level in enumerate(levels) if level >= min(differing)]
    first, last = (at[0], at[-1] + 1) if at[-1] - at[0] < len(at) else (0, len(parts))
    one, other = (_joined(each, parts[first:last], context) for each in (begin, end))
    middle = re.sub(r"[\s,/-]+$", "", one) + "–" + other if one and other else one or other
    before, after = _rendered(end, parts[:first], context), _rendered(end, parts[last:], context)
    return str(context.join([*before, middle, *after])) if middle else ""


def _value(date: Any, name: str) -> Any:
    return date.get(name, 0) or (date.get("season", 0) if name == "month" else 0)


def _rendered(date: Any, parts: list[Any], context: Any) -> list[str]:
    return [str(text) for part in parts if (text := _part(part, date, context))]


def _part(part: Any, date: Any, context: Any) -> Any:
    from citeproc.source import VariableError

    try:
        return part.render(date, context)
    except VariableError:  # the date has no such part
        return None


def _joined(date: Any, parts: list[Any], context: Any) -> str:
    texts = _rendered(date, parts, context)
    return str(context.join(texts)) if texts else ""


def _each_macro_once(model: Any, style: Any) -> Iterator[tuple[Any, str, Any]]:
    """The processor asks again for each entry which macro bears a name, and whether its parts print a variable; nine tenths of its time
    went there. It is made to remember the answers, which depend on the style alone.
    """
    elements = list(style.root.iter())  # what lxml has given is given again while it is held
    macros = {each.get("name"): each for each in elements if isinstance(each, model.Macro)}
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and "calls_variable" in vars(kind)]
    asked: dict[tuple[Any, type], Any] = {}

    def remembering(kind: type, original: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def calls_variable(element: Any) -> Any:
            if (element, kind) not in asked:
                asked[element, kind] = original(element)
            return asked[element, kind]

        return calls_variable

    yield model.CitationStylesElement, "get_macro", lambda _, name: macros[name]
    for kind in kinds:
        yield kind, "calls_variable", remembering(kind, vars(kind)["calls_variable"])
