"""A name that BibTeX's rules would misread in; what was likely meant, and what to tell of it, out.

Several people between two "and"s, too many commas, a converter's "undefined", « et al. », DBLP's numbers of homonyms.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from synopse.bib.latex import Remark
from synopse.bib.name_writing import write_names
from synopse.bib.reference import Name, Names
from synopse.bib.several import is_number_of_others
from synopse.bib.stated import goes_on, is_body, names_a_body, stated_names, surely_names_a_body

_NOBODY = re.compile(r"(?:undefined|null|none|nan|n/a|n\.a\.|unknown given|\?+|-+)", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?:jr|sr|jnr|snr|[1-9]?i{1,3}|iv|vi{0,3}|[2-9](?:nd|rd|th)|esq|ph\.?\s?d|m\.?d|dr)\.?", re.IGNORECASE
)
_ET_AL = re.compile(
    r"[,\s]*\b(?:et\.? al(?:ii|\.)?|and others|et coll\.?|u\. ?a\.)\s*$|(?:^|[,\s]+)(?:…|\.\.\.)\s*$", re.IGNORECASE
)
_WITH_INITIALS = re.compile(r"[^\W\d_][\w'’‐-]*(?: [^\W\d_][\w'’‐-]*){0,2} (?:[^\W\d_]\.?[‐-]?){1,4}")
"""`Doe E`, `van der Berg JP`: a family name with the initials of a given one."""


_HOMONYM = re.compile(r"(?<=[^\W\d_.}])([.}]*)[ \u00a0]+(?:\{0\d{3}\}|0\d{3})(?=\s*(?:[,;]|et\.? al|$))")
_HOMONYM_FIRST = re.compile(r"(?:\{0\d{3}\}|0\d{3})\s*,\s*(?=\S)")
"""`0001, Wei Wang`: a reference manager took the number for the family name."""


def without_homonym(text: str) -> tuple[str, Remark | None]:
    """A name without the number, from 0001 on, that DBLP writes after it to tell homonyms apart, and what to tell of it.

    The number is no part of the name (dblp.org, "Why are there numbers in some author names?").
    """
    meant = _HOMONYM_FIRST.sub("", text, count=1) if _HOMONYM_FIRST.match(text) else _HOMONYM.sub(r"\1", text)
    if meant == text or len(re.findall(r"[^\W\d_]+", meant)) < 2:
        return text, None
    shown, bare = (re.sub(r"[{}]", "", each) for each in (text, meant))
    message = (
        f'the number of "{shown}", by which DBLP tells homonyms apart, is no part of the name: it is read as "{bare}"'
    )
    return meant, Remark("bib-names", message, "take the number out")


def likely(text: str) -> tuple[Names, Remark] | None:
    """What a name that stands between two "and"s was meant to be; nothing where it is a name as BibTeX knows it."""
    if is_number_of_others(text):
        return Names((), True), Remark("bib-names", f'"{text}" is read as "and others"', "write {… and others}")
    if "," not in text and ";" not in text and not _ET_AL.search(text):
        return None
    if re.search(r"(?:family|given)\s*=", text):
        return None
    shown = re.sub(r"[{}]", "", text)
    body = _ET_AL.sub("", text).strip().strip(",").strip()
    others = body != text.strip().strip(",").strip()
    pieces = [piece.strip() for piece in _outside(body, ",;")]
    named = [piece for piece in pieces if piece and not _NOBODY.fullmatch(piece)]
    why = _why(text, body, pieces, named, others)
    if not why:
        return None
    if not body:
        return Names((), True), Remark("bib-names", f'"{shown}" is read as "and others"', "write {… and others}")
    names = _meant(body, named)
    meant = Names(names.names, names.others or others)
    return meant, _remark(shown, why, meant)


def last_word_is_no_family(parts: list[str]) -> Remark | None:
    """What to tell of a list with names such as `Smith J` and `Martin Luther King Jr.`, of which BibTeX takes the last word for the family.

    They are read as BibTeX reads them: a family may be called so all the same.
    """
    found = [(part, meant) for part in parts if (meant := _turned(part))]
    if not found:
        return None
    first, meant = found[0]
    more = f", and so {len(found) - 1} more of the list" if len(found) > 1 else ""
    message = f'"{first}" has the family name "{first.split()[-1]}", as BibTeX reads it{more}'
    return Remark(
        "bib-names",
        message,
        f'if "{meant.split(",")[0]}" is the family name, write {{{meant}}}; for a body, {{{{{first}}}}}',
    )


def _turned(part: str) -> str:
    """A name as it would be written with a comma, where its last word is a suffix, or the initials of a given name; else nothing."""
    *before, last = part.split() or [""]
    if not before or re.search(r"[,;{}=@/\d\ue000-\uf8ff]", part) or names_a_body(part):
        return ""
    if len(before) > 1 and _SUFFIX.fullmatch(last) and len(re.sub(r"\W", "", last)) > 1:
        return f"{before[-1]}, {last}, {' '.join(before[:-1])}"
    initials = re.fullmatch(r"(?:[^\W\d_]\.?[‐-]?){1,3}", last) and re.sub(r"\W", "", last).isupper()
    return (
        f"{' '.join(before)}, {last}"
        if initials and _upper_end(part) and all(_is_name(each) for each in before)
        else ""
    )


def body_without_braces(parts: list[str]) -> Remark | None:
    """What to tell of a list with a body's name such as `World Health Organization`, of which BibTeX makes a person.

    It is read as BibTeX reads it: a person may be called so all the same.
    """
    found = [number for number, part in enumerate(parts) if _reads_as_body(part)]
    if not found:
        return None
    first, after = parts[found[0]], parts[found[0] + 1 : found[0] + 2]
    bare = re.sub(r"[{}]", "", first)
    more = f", and so {len(found) - 1} more of the list" if len(found) > 1 else ""
    message = f'"{bare}" has the family name "{_person(first).family}", as BibTeX reads it{more}'
    hint = f"if it is a body, write {{{{{bare}}}}}"
    if after and goes_on(bare, after[0]):
        hint += f'; if the "and" is in its name, {{{{{bare} and {after[0]}}}}}'
    return Remark("bib-names", message, hint)


def _reads_as_body(part: str) -> bool:
    """Whether a name of several words, of which braces keep no two together, names a body."""
    several = re.search(r"\{[^{}]* [^{}]*\}|[,;=@\ue000-\uf8ff]", part) is None and " " in part
    return several and surely_names_a_body(re.sub(r"[{}]", "", part))


def _is_name(word: str) -> bool:
    """Whether a word is a part of a family name, and not an initial."""
    return len(re.sub(r"\W", "", word)) > 1 and not word.isupper()


def whole_body(parts: list[str], note: Callable[[Remark], None]) -> list[str]:
    """The parts of a list; those of a body's name that holds an "and" and was written without braces are one part."""
    first = parts[0].split(",")[0]
    if len(parts) < 2 or not any(part.endswith(",") for part in parts[:-1]) or not _is_long_body(first):
        return parts
    body = f"{{{' and '.join(parts)}}}"
    message = f'"{body[1:-1][:60]}" is read as the name of one body'
    note(Remark("bib-names", message, f"if that is right, write {{{body}}}"))
    return [body]


def _is_long_body(text: str) -> bool:
    return "{" not in text and len(text.split()) > 1 and names_a_body(text)


def _remark(shown: str, why: str, meant: Names) -> Remark:
    people = " and ".join(f'"{name.full}"' for name in meant.names[:3]) or "nobody"
    more = f" and {len(meant.names) - 3} more" if len(meant.names) > 3 else ""
    message = f'"{shown[:60]}{"…" if len(shown) > 60 else ""}" {why}; it is read as {people}{more}'
    return Remark("bib-names", message, f"if that is right, write {{{write_names(meant, str)}}}")


def _why(text: str, body: str, pieces: list[str], named: list[str], others: bool) -> str:
    """What is wrong with the name, in words; empty where nothing is."""
    commas = len(list(_outside(body, ","))) - 1
    if ";" in "".join(_outside(body, ",")) and len(list(_outside(body, ";"))) > 1:
        return 'parts names with semicolons, where BibTeX wants "and"'
    if len(named) < len([piece for piece in pieces if piece]):
        return "has a part that is no name"
    if commas > 2:
        return "has too many commas for a name, and biber would leave out the whole entry"
    if text.count(",") > 2 and not re.fullmatch(r"\{[^{}]*\}", text):
        return "has more than two commas, braces or not, and biber would leave out the whole entry"
    if re.search(r",\s*,|^\s*,", text):
        return "has a comma with nothing before it, which biber refuses"
    if others:
        return 'says "et al.", which BibTeX writes as "and others"'
    if commas and all(_WITH_INITIALS.fullmatch(piece) and _upper_end(piece) for piece in pieces):
        return 'looks like several people without an "and" between them'
    if commas and _is_long_body(pieces[0]):
        return "looks like the name of a body, which stands in braces"
    if commas == 2 and not _SUFFIX.fullmatch(pieces[1]):
        if _SUFFIX.fullmatch(pieces[2]):
            return "has its suffix last, where BibTeX wants it after the family name"
        if all(len(piece.split()) > 1 for piece in pieces):
            return 'looks like several people without an "and" between them'
    return ""


def _upper_end(piece: str) -> bool:
    """Whether the last word is nothing but capitals, and a family name stands before it."""
    *family, last = piece.split()
    named = any(len(word) > 1 and word[:1].isupper() and not word.isupper() for word in family)
    return re.sub(r"[\W\d]", "", last).isupper() and named


def _meant(body: str, named: list[str]) -> Names:
    if len(named) == 3 and _SUFFIX.fullmatch(named[2]) and not _SUFFIX.fullmatch(named[1]):
        return Names((_person(named[0], named[1], named[2]),))
    if len(named) == 3 and _SUFFIX.fullmatch(named[1]):
        return Names((_person(named[0], named[2], named[1]),))
    if ";" not in body and _is_long_body(named[0] if named else ""):
        return Names((Name(re.sub(r"[{}]", "", ", ".join(named)), corporate=True),))
    if ";" not in body and named and all(_WITH_INITIALS.fullmatch(piece) for piece in named):
        return Names(tuple(_person(*piece.rsplit(" ", 1)) for piece in named))
    if len(named) <= 2 and ";" not in body:
        return Names((_person(*named),)) if named else Names(())
    if ";" not in body and len(named) > 2 and any(is_body(piece) for piece in named):
        return Names((Name(re.sub(r"[{}]", "", ", ".join(named)), corporate=True),))
    return stated_names(body if ";" in body else ", ".join(named))


def _person(family: str, given: str = "", suffix: str = "") -> Name:
    from synopse.bib.names import read_name

    return read_name(", ".join(part for part in (family, suffix, given) if part))


def _outside(text: str, signs: str) -> list[str]:
    parts, depth = [""], 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character in signs and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts
