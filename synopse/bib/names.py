"""A name field in, `Names` out: it is decoded first, then split by BibTeX's rules as biber applies them.

Lists are parted at " and ", names at commas and spaces, all outside of braces (btxdoc, § 4; biber's `Text::BibTeX`);
biblatex's `family=…, given=…` is read as well. What cannot be meant so is read as `likely` says, and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from synopse.bib.decode import decoded, ignore
from synopse.bib.latex import Note, Remark
from synopse.bib.likely import body_without_braces, last_word_is_no_family, likely, whole_body, without_homonym
from synopse.bib.reference import Name, Names
from synopse.bib.several import several_in_one
from synopse.markup.text import plain
from synopse.markup.tree import Inline, Link, Quoted, Styled, Text

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand for braces that are printed, while the others keep words together."""
DELIMITER = "\ue004"
"""Stands for a straight quotation mark that is no part of a name."""
_OF_PARTS = re.compile(r"(?:family|given|prefix|suffix)\s*=")
LIST_OPTIONS = frozenset(("sortingnamekeytemplatename", "uniquenametemplatename", "labelalphanametemplatename",
                          "useprefix", "nohashothers", "nosortothers"))  # fmt: skip
NAME_OPTIONS = frozenset((*LIST_OPTIONS, "uniquename"))


def read_names(value: str, note: Note = ignore) -> Names:
    """The names of `Knuth, Donald E. and {The LaTeX Team} and others`. Never raises: what has no form is a body's name."""
    found, told = _read(value)
    for remark in told:
        note(remark)
    return found


@lru_cache(maxsize=65536)
def _read(value: str) -> tuple[Names, tuple[Remark, ...]]:
    """The names, and what is to be told: authors come again and again."""
    told: list[Remark] = []
    text = as_braced(value, told.append)
    if "\\," in value:
        message = "a \\, in a name is taken for a space; biber would part the name at its comma"
        told.append(Remark("bib-names", message, "write ~"))
    if "\\relax" in value:
        message = "a \\relax in a name is left out; biber would make an initial of it"
        told.append(Remark("bib-names", message, "biblatex has given-i for initials of two letters"))
    if "\t" in value and re.search(r"\tand\b|\band\t", re.sub(r"\n[ \t]*", " ", value)):
        message = 'the names are parted at an "and" beside a tab; biber would not see it'
        told.append(Remark("bib-names", message, "put spaces around it"))
    parts = whole_body(list(split_and(text, _AND_AT_AN_END)), told.append)
    if any(not part for part in parts) and len(parts) > 1:
        message = 'an "and" with no name before or after it is left out; biber would leave out the entry'
        told.append(Remark("bib-names", message, 'write one "and" between two names'))
    names: list[Name] = []
    others, options = False, []
    doubted: set[str] = set()
    for part in parts:
        if part.lower() == "others":
            others = True
        elif _is_option(part):
            options.append(part)
        elif part:
            meant, remarks = _meant(part)
            told += remarks
            if any(remark.code == "bib-names" for remark in remarks):
                doubted.add(part)
            names += meant.names
            others = others or meant.others
    people = [part for part in parts if part.lower() != "others" and not _is_option(part) and not several_in_one(part)]
    if doubted and all(part in doubted for part in parts if "&" in part):  # who means "and" shall not write \\&
        told = [remark for remark in told if remark.code != "bib-escape" or "&" not in remark.hint]
    told += filter(None, (last_word_is_no_family(people), body_without_braces(people)))
    kept = tuple(name for name in names if name.family or name.given)
    return Names(kept, others, tuple(options)), tuple(told)


@lru_cache(maxsize=65536)
def _meant(part: str) -> tuple[Names, tuple[Remark, ...]]:
    """The name that stands between two "and"s, or the several that it was meant to be."""
    name, told = without_homonym(part)
    doubt = likely(name)
    notes = tuple(filter(None, (told, doubt[1] if doubt else several_in_one(part))))
    return (Names((read_name(name),)) if doubt is None else doubt[0]), notes


_MARKED = re.compile(r"[\\{}$~%&#^_<\"\t\u00a0]|--|``|''|>>|,,|[!?]`|://")


def as_braced(value: str, note: Note) -> str:
    """The words of a field, decoded, with the braces that keep words together; spaces are single, but for a tie."""
    if not _MARKED.search(value):
        return unicodedata.normalize("NFC", " ".join(value.split()).replace("'", "’").replace("`", "‘"))
    value = value.replace("\u00a0", " ").replace(",,", ", ,")
    if _OF_PARTS.search(value):  # in names by parts a quotation mark is a part's delimiter
        value = re.sub(r'(\\.)|"', lambda match: match[1] or DELIMITER, value, flags=re.DOTALL)
    text = _braced(decoded(value, note)).replace(DELIMITER, '"')
    return re.sub(r"[\s\u2000-\u200a\u202f]+", lambda m: "\u00a0" if m[0] == "\u00a0" else " ", text).strip()


def _braced(inlines: tuple[Inline, ...]) -> str:
    parts = []
    for inline in inlines:
        match inline:
            case Text(text):
                parts.append(text.replace("{", OPEN).replace("}", CLOSE))
            case Styled(_, children):
                parts.append("{" + _braced(children) + "}")
            case Link(_, children):
                parts.append(_braced(children))
            case Quoted(children):
                parts.append("“" + _braced(children) + "”")
            case _:
                parts.append(plain((inline,)).replace("{", OPEN).replace("}", CLOSE))
    return "".join(parts)


_AND = re.compile(r"[{}]| and(?= )", re.IGNORECASE)
_AND_AT_AN_END = re.compile(r"[{}]| and(?= )|^and(?= )| and$", re.IGNORECASE)


def split_and(text: str, sign_of: re.Pattern[str] = _AND) -> Iterator[str]:
    """The names or words of a list, parted at each `and` outside of braces, in capitals or not, as biber parts them.

    The word that a list begins or ends with parts nothing: a publisher may be called "And Other Stories".
    """
    depth = start = 0
    for match in sign_of.finditer(text):
        sign = match[0]
        if sign in "{}":
            depth += 1 if sign == "{" else -1
        elif depth == 0:
            yield text[start : match.start()].strip()
            start = match.end()
    yield text[start:].strip()


def _is_option(part: str) -> bool:
    match = re.fullmatch(r"(\w+)\s*=\s*(\w+)", part) if "=" in part else None
    return match is not None and match[1].lower() in LIST_OPTIONS


def _bare(text: str) -> str:
    """The words without the braces that keep them together."""
    words = re.sub(r"[{}]", "", text).replace(OPEN, "{").replace(CLOSE, "}")
    return re.sub(r" +", " ", words).strip(" ")


def read_name(text: str) -> Name:
    """One decoded name with its braces, by the rules of BibTeX or of the extended format."""
    text = text.strip().strip(",").strip()
    if _is_whole(text):
        return Name(_bare(text), corporate=True)
    if _OF_PARTS.search(text):
        return _extended(text)
    pieces = [piece.strip() for piece in outside(text, ",")]
    if len(pieces) == 1:
        given, particle, family = _parts(_tokens(text))
        return _named(family, given, particle, "")
    particle, family = _family(_tokens(pieces[0]))
    suffix = " ".join(pieces[1:-1])
    return _named(family, pieces[-1], particle, suffix)


def _named(family: str, given: str, particle: str, suffix: str) -> Name:
    initials = _kept_initials(given)
    name = Name(_bare(family), _bare(given), _bare(particle), _bare(suffix), initials=initials)
    return name if name.family else Name(name.given, "", name.particle, name.suffix)


def outside(text: str, sign: str) -> Iterator[str]:
    """The text parted at each `sign` outside of braces."""
    depth = start = 0
    for at, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == sign and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _tokens(text: str) -> list[str]:
    return [token for token in outside(text, " ") if token]


def _is_whole(text: str) -> bool:
    """Whether one pair of braces holds the whole text."""
    depth = 0
    for position, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return position == len(text) - 1 and position > 0
    return False


def _small(token: str) -> bool:
    return token[:1].islower()


def _parts(tokens: list[str]) -> tuple[str, str, str]:
    """Given name, particle and family name of `Given von Family`: the first run of small words is the particle."""
    last = len(tokens) - 1
    first = next((n for n, token in enumerate(tokens[:last]) if _small(token)), last)
    end = first
    while end < last and _small(tokens[end]):
        end += 1
    return " ".join(tokens[:first]), " ".join(tokens[first:end]), " ".join(tokens[end:])


def _family(tokens: list[str]) -> tuple[str, str]:
    """Particle and family name of what stands before the first comma: small words at its beginning are the particle."""
    end = 0
    while end < len(tokens) - 1 and _small(tokens[end]):
        end += 1
    return " ".join(tokens[:end]), " ".join(tokens[end:])


def _kept_initials(given: str) -> str:
    """The initials that braces make, where they are others than those of the bare words."""
    initials = _initials(given) if "{" in given else ""
    return initials if initials != _initials(_bare(given)) else ""


def _initials(given: str) -> str:
    """The initials as biber takes them: one a word, a word with a hyphen two, a group in braces one."""
    tokens = re.findall(r"(?:\{[^{}]*\}|[^ \u00a0{}])+", given)
    return "".join(
        letters if len(letters) == 1 else f"{{{letters}}}" for token in tokens if (letters := _initial(token))
    )


def _initial(token: str) -> str:
    if not re.fullmatch(r"\{.+\}", token) and re.search(r"[^{][-‐‑][^}]", token):
        return "-".join(filter(None, (_initial(part) for part in re.split(r"[-‐‑]", token))))
    return _bare(token)[:1]


def _extended(text: str) -> Name:
    """biblatex's extended name format (biber manual, § 3.4): parts by name, commas within quotes."""
    parts: dict[str, str] = {}
    options: list[str] = []
    for record in re.findall(r'\s*(?:"([^"]*)"|((?:[^,"]|"[^"]*")+))\s*(?:,|$)', text):
        match = re.match(r"\s*([\w-]+)\s*=\s*(.*?)\s*$", record[0] or record[1], re.DOTALL)
        if not match:
            continue
        name, value = match[1].lower(), match[2].strip('"')
        if name in NAME_OPTIONS:
            options.append(f"{name}={value}")
        else:
            parts[name] = value
    given = parts.get("given", "")
    initials = parts.get("given-i", "") or _kept_initials(given)
    family, prefix, suffix = (_bare(parts.get(part, "")) for part in ("family", "prefix", "suffix"))
    return Name(family, _bare(given), prefix, suffix, initials=initials, options=tuple(options))
