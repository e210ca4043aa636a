"""A language as exports write it (`en`, `fre`, `de-DE`) in, biblatex's key for it out (manual, § 2.3.12 and § 4.9.2.18)."""

from __future__ import annotations

import re

_CODES = {
    "english": "en eng",
    "french": "fr fre fra",
    "german": "de ger deu",
    "spanish": "es spa",
    "italian": "it ita",
    "portuguese": "pt por",
    "brazilian": "pt-br",
    "dutch": "nl dut nld",
    "russian": "ru rus",
    "polish": "pl pol",
    "czech": "cs cze ces",
    "slovak": "sk slo slk",
    "slovene": "sl slv",
    "croatian": "hr hrv",
    "serbian": "sr srp",
    "bulgarian": "bg bul",
    "romanian": "ro rum ron",
    "hungarian": "hu hun",
    "greek": "el gre ell",
    "turkish": "tr tur",
    "danish": "da dan",
    "swedish": "sv swe",
    "norwegian": "no nor nb nob nn nno",
    "finnish": "fi fin",
    "estonian": "et est",
    "latvian": "lv lav",
    "lithuanian": "lt lit",
    "ukrainian": "uk ukr",
    "japanese": "ja jpn",
    "latin": "la lat",
    "catalan": "ca cat",
    "basque": "eu baq eus",
    "galician": "gl glg",
    "marathi": "mr mar",
}
_KEYS = {code: key for key, codes in _CODES.items() for code in codes.split()}
_OTHERS = """
zh chi zho ko kor ar ara he heb iw hi hin th tha vi vie id ind ms may msa bn ben ta tam te tel ur urd ka geo kat hy
arm hye az aze kk kaz uz uzb mn mon ne nep sw swa af afr sq alb sqi mk mac mkd is ice isl ga gle cy wel cym mt mlt
be bel bs bos eo epo fa per fas und mul zxx
"""
_OTHER_CODES = frozenset(_OTHERS.split())


def language_key(text: str) -> str:
    """The key of a code; the text itself where it is none; nothing for a language that biblatex has no word for."""
    code = text.lower().replace("_", "-")
    if code in _KEYS:
        return _KEYS[code]
    main = code.split("-")[0] if re.fullmatch(r"[a-z]{2,3}-[a-z0-9]{2,8}(?:-[a-z0-9]+)?", code) else code
    if main in _KEYS:
        return _KEYS[main]
    return "" if main in _OTHER_CODES else text
