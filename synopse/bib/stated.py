"""Names as a person lists them in, `Names` out: `Guiyao Tie, Zeli Zhao et al.`, `Smith, J. & Jones, M.`, `Tie G; Zhao Z`.

A .bib has one way to write names (`bib.names`); people have many, and some can be read in two ways. `stated_names` gives
the likeliest reading, `readings` all of them, so that a citation is held against its record in the person's favour.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from synopse.bib.reference import Name, Names
from synopse.locale.languages import all_typed

_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s‐-]*){1,4}")
_WHOLE = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}")
"""A Chinese or Korean name, which has no space between family and given name."""
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_SMALL_WORDS = """
af al av bin d d' d’ da das de del della den der des di do dos du el ibn la las le les los ten ter van von y zu zum zur
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())


@lru_cache(maxsize=1)
def _and_others() -> re.Pattern[str]:
    """What stands for further names at the end, in any language: `et al.`, `and others`, `u. a.`."""
    ends = "|".join(re.escape(words).replace(r"\ ", r"\s*") for _, words in all_typed("others"))
    return re.compile(rf"(?:[,;]?\s*(?:(?<!\w)(?:{ends})(?!\w)\.?|…|\.{{3}}))\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _and() -> re.Pattern[str]:
    """What stands between two names, in any language. A letter alone, as in Spanish, may be a part of a name as well."""
    words = "|".join(dict.fromkeys(re.escape(word) for _, word in all_typed("and") if len(word) > 1))
    return re.compile(rf"\s*,?\s+(?:{words}|&)\s+|\s*,\s*&\s*", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    """Words that name a body rather than a person, in any language."""
    return frozenset(word.lower().strip(".") for _, word in all_typed("body"))


@lru_cache(maxsize=2)
def _roles(role: str) -> re.Pattern[str]:
    """What stands after those who are no authors, in any language: `(Hrsg.)` after any name, `, eds.` after the last."""
    words = [re.escape(word) for _, word in all_typed(role)]
    found = "|".join(sorted(words, key=len, reverse=True))
    outside = r"(?![^{}]*\})"
    return re.compile(rf"\s*[(\[]\s*(?i:{found})\.?\s*[)\]]{outside}|\s*,\s*(?:{found})\.?\s*$")


def stated_role(text: str) -> str:
    """The role that stands with the names, as biblatex calls it: `editor` for `Anna Meier (Hrsg.)`."""
    return next((role for role in ("editor", "translator") if _roles(role).search(text)), "author")


def without_roles(text: str) -> str:
    """The names without what stands after those who are no authors."""
    return _roles("translator").sub("", _roles("editor").sub("", text))


@lru_cache(maxsize=1)
def _and_of_a_letter() -> re.Pattern[str]:
    letters = "".join(dict.fromkeys(word for _, word in all_typed("and") if len(word) == 1))
    return re.compile(rf"\s+[{letters}]\s+(?=[^\W\d_])")


def stated_names(text: str) -> Names:
    """The likeliest reading of the names in `text`; a body's name may stand in braces, as in a .bib."""
    return readings(text)[0]


def readings(text: str) -> list[Names]:
    """Every reading of the names in `text`, the likeliest first: `Doe, Jane` is one person, or else two."""
    body = unicodedata.normalize("NFC", " ".join(without_roles(text).split()).replace("'", "’"))
    parted = _parted_at_letters(body)
    return [*_all_readings(parted), *_all_readings(body)] if parted != body else _all_readings(body)


def _parted_at_letters(body: str) -> str:
    """The names with `&` for a Spanish « y », an Italian or Portuguese « e », where it stands between two people.

    It parts whole names, or two single ones (`Ana García y José López`, `García y López`); before one name alone it
    belongs to the person's own (`José Ortega y Gasset`).
    """
    if ";" in body or "{" in body:
        return body

    def joined(match: re.Match[str]) -> str:
        before, after = (re.split(r"[,&]", part) for part in (body[: match.start()], body[match.end() :]))
        mine, theirs = before[-1].split(), after[0].split()
        alone = len(mine) == len(theirs) == 1 and (len(before) == 1 or len(before[-2].split()) == 1) and len(after) == 1
        inverted = len(before) > 1 and len(after) > 1
        people = alone or inverted or (len(mine) > 1 and len(theirs) > 1)
        return " & " if people and not is_body(before[-1]) else match[0]

    return _and_of_a_letter().sub(joined, body)


def _all_readings(body: str) -> list[Names]:
    open_end = _and_others().search(body)
    while open_end:
        body, others = body[: open_end.start()].rstrip(" ,;"), True
        open_end = _and_others().search(body)
        if not open_end:
            return [Names(names, others) for names in _readings(body)]
    return [Names(names) for names in _readings(body)]


def _readings(body: str) -> list[tuple[Name, ...]]:
    if ";" in body:
        parts = [
            _and().sub("", f" {part.strip()}", 1).strip() if _and().match(f" {part.strip()}") else part.strip()
            for part in body.split(";")
        ]
        return [tuple(_single(part) for part in parts if part)]
    groups = [_pieces(group) for group in _groups(body)]
    pieces = [piece for group in groups for piece in group]
    one_by_one = tuple(_name(piece) for piece in pieces)
    pairs = tuple(_inverted(*pair) for pair in zip(pieces[::2], pieces[1::2], strict=False))
    first_inverted = (_inverted(*pieces[:2]), *one_by_one[2:]) if len(pieces) > 2 else ()
    if _are_pairs(groups):
        return [pairs, one_by_one]
    if len(pieces) > 2 and _are_words(pieces) == [True, True, *(False for _ in pieces[2:])]:
        return [first_inverted, one_by_one]
    return [one_by_one, pairs] if len(pieces) % 2 == 0 and pieces else [one_by_one]


def _groups(body: str) -> list[str]:
    """The text parted at `and`, `et` and `&`, but not within the name of a body, nor within braces."""
    found: list[str] = []
    last = start = 0
    for match in (*_and().finditer(body), None):
        part = body[start : match.start() if match else len(body)]
        after = body[match.end() :] if match else ""
        if match and (part.count("{") > part.count("}") or goes_on(part, _and().split(after)[0])):
            continue
        found.append(body[last : match.start() if match else len(body)])
        last = start = match.end() if match else len(body)
    return [part for part in (part.strip(" ,") for part in found) if part]


def goes_on(before: str, after: str) -> bool:
    """Whether `and` stands within a body's name: `Ministry of Health and Welfare`, `… de la santé et de la recherche`."""
    return is_body(before.rsplit(",", 1)[-1]) and ("," not in after) and (len(after.split()) == 1 or after.islower())


def _pieces(group: str) -> list[str]:
    """The group parted at its commas; `Jr` belongs to the name before it."""
    found: list[str] = []
    for piece in re.split(r",(?![^{}]*\})", group):
        piece = piece.strip()
        if found and piece.lower() in _SUFFIXES:
            found[-1] += f", {piece}"
        elif piece:
            found.append(piece)
    return found


def _are_pairs(groups: list[list[str]]) -> bool:
    """Whether the names are written family name first, each with a comma: `Smith, J., Jones, M.`, `Smith, John and …`."""
    if not groups or any(len(group) % 2 for group in groups):
        return False
    pairs = [pair for group in groups for pair in zip(group[::2], group[1::2], strict=True)]
    if any(is_body(part) for pair in pairs for part in pair):
        return False
    if all(_are_initials(given) for _, given in pairs):
        return True
    return all(len(group) == 2 and _family_first(*group) for group in groups)


def _are_initials(text: str) -> bool:
    return _INITIALS.fullmatch(text) is not None and all(letter.isupper() for letter in text if letter.isalpha())


def _family_first(family: str, given: str) -> bool:
    """Whether `family, given` is one person rather than two: `Doe, Jane`, `de la Cruz, Ana`, not `Ann Lee, Bo Chan`."""
    if _WHOLE.fullmatch(family) and _WHOLE.fullmatch(given):
        return False
    few = len(family.split()) == 1 or len(given.split()) == 1
    return few or family.split()[0] in _PARTICLES or _are_initials(given)


def _are_words(pieces: list[str]) -> list[bool]:
    """Of each piece, whether it is a single word, but for particles before it."""
    return [len(words := piece.split()) - _leading_particles(words) == 1 for piece in pieces]


def _single(text: str) -> Name:
    """One name, in either order."""
    pieces = _pieces(text)
    return _inverted(*pieces[:2]) if len(pieces) == 2 and not is_body(text) else _name(text)


def _inverted(family: str, given: str) -> Name:
    """The name of `family, given`."""
    family, _, suffix = family.partition(", ")
    words = family.split()
    particles = _leading_particles(words)
    return Name(" ".join(words[particles:]), given, " ".join(words[:particles]), suffix)


def _leading_particles(words: list[str]) -> int:
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return count


_FAMILIES_TOO = frozenset(("banco", "board", "bureau", "câmara", "centro", "conseil", "haute"))
"""Words of bodies that are family names as well: `Gilberto Câmara`, `David Bureau`."""


def names_a_body(text: str) -> bool:
    """Whether one of the words is one that bodies bear: `Department of Health`, `Max-Planck-Institut`."""
    words = text.lower().split()
    parts = (part for word in words for part in re.split("[-‐]", word) if part not in _FAMILIES_TOO)
    return any(word.strip(".,") in _bodies() for word in (*words, *parts))


def surely_names_a_body(text: str) -> bool:
    """Whether the words can hardly be a person's: one that bodies bear and families do not, or two of them.

    One that families bear as well does where others follow it (`Banco de España`). A name with initials is a person's.
    """
    words = [part.strip(".,()") for word in text.lower().split() for part in re.split("[-‐]", word)]
    borne = [word for word in words if word in _bodies()]
    if re.search(r"(?:^|\s)[^\W\d_]\.\s", text):
        return False
    begins = any(word in borne for word in text.lower().split()[:1])
    return begins or len(borne) > 1 or any(word not in _FAMILIES_TOO for word in borne)


def is_body(text: str) -> bool:
    words = text.split()
    if text.startswith("{") or names_a_body(text):
        return True
    small = [word for word in words if word[:1].islower() and word not in _PARTICLES]
    return len(words) > 2 and bool(small)


def _name(text: str) -> Name:
    """The name of `Given Family`, `Family GN`, `Jean DUPONT`, or of a body."""
    if is_body(text):
        return Name(re.sub(r"[{}]", "", text), corporate=True)
    text, _, suffix = text.partition(", ")
    words = text.split()
    if len(words) > 1 and _ends_in_initials(words):
        return _inverted(" ".join(words[:-1]), words[-1])
    capitals = [word.isupper() for word in words]
    if any(upper and len(word) > 2 for upper, word in zip(capitals, words, strict=True)):
        count = sum(capitals)
        if count < len(words) and all(capitals[-count:]):
            return Name(" ".join(words[-count:]), " ".join(words[:-count]), suffix=suffix)
        if count < len(words) and all(capitals[:count]):
            return Name(" ".join(words[:count]), " ".join(words[count:]), suffix=suffix)
    last = len(words) - 1
    start = next((n for n, word in enumerate(words) if n < last and _begins_family(word, n)), last)
    end = start
    while end < len(words) - 1 and words[end] in _PARTICLES:
        end += 1
    return Name(" ".join(words[end:]), " ".join(words[:start]), " ".join(words[start:end]), suffix)


def _begins_family(word: str, place: int) -> bool:
    """Whether a word before the last one is a particle; one with a capital belongs to the family name: `Le Guyader`."""
    return word in _PARTICLES or (place > 0 and word.lower() in _PARTICLES and len(word) > 1)


def _ends_in_initials(words: list[str]) -> bool:
    """Whether the given name follows as initials: `Tie GH`, `Smith J.`; not where initials come first, nor in `Ann LEE`."""
    last = words[-1]
    short = _are_initials(last) and len(re.sub(r"\W", "", last)) < 4
    spoken = len(last) > 2 and "." not in last and re.search("[AEIOUY]", unicodedata.normalize("NFD", last)) is not None
    return short and not spoken and not _are_initials(" ".join(words[:-1]))


def bare(text: str) -> str:
    """Letters and digits, without case or accents: quotes, dashes and spaces are no difference."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


def same_people(text: str, record: Names) -> bool:
    """Whether the names in the text are the record's; « et al. » leaves the rest open, initials stand for a name."""
    return _is_list_of(text, record) or any(_agree(stated, record) for stated in readings(text))


def _is_list_of(text: str, record: Names) -> bool:
    """Whether the text is the record's names one after the other, as they are printed: a name may hold what parts others."""
    for body in dict.fromkeys((text, without_roles(text))):
        open_end = _and_others().search(body)
        if _goes_through(bare(body), record.names, False):
            return True
        if open_end and _goes_through(bare(body[: open_end.start()]), record.names, True):
            return True
    return False


def _goes_through(letters: str, names: tuple[Name, ...], open_end: bool) -> bool:
    """Whether nothing but the names stands in the text, and « and » between two of them; with an open end, the first ones."""
    between = {"", *(bare(word) for _, word in all_typed("and"))}
    ends = {0}
    for number, name in enumerate(names):
        own = bare(name.full)
        before = between if number else {""}
        ends = {end + len(f"{sign}{own}") for end in ends for sign in before if letters.startswith(f"{sign}{own}", end)}
        if open_end and len(letters) in ends:
            return True
    return len(letters) in ends


def _agree(stated: Names, record: Names) -> bool:
    if not stated.names or not record.names:
        return True
    if not matches(stated.names[0], record.names[0]):
        return False
    rest = list(record.names)
    for name in stated.names:
        found = next((each for each in rest if matches(name, each)), None)
        if found is None:
            return False
        rest.remove(found)
    return stated.others or not rest


def matches(stated: Name, record: Name) -> bool:
    """Whether every word of the name is one of the record's, or begins with its letter, the family name among them."""
    if bare(stated.full) == bare(record.full):
        return True
    words, known = list(_words(stated.full)), set(_words(record.full))
    initials = {word[0] for word in _words(record.given)}
    return bare(record.family) in "".join(words) and all(
        word in known or word in initials or (len(word) <= 4 and set(word) <= initials) or word in bare(record.full)
        for word in words
    )


def _words(text: str) -> Iterator[str]:
    return (letters for word in re.split(r"[\s\-‐.]+", text) if (letters := bare(word)))
