"""DOI, arXiv id, ISBN and URL as people write them in; one normal form, or what is wrong with it, out."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ARXIV_NEW = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?$")
_ARXIV_OLD = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?$")


def normal_doi(text: str) -> str:
    """The DOI without resolver or label; DOI names are compared without case (DOI Handbook, § 3.4.4)."""
    address = re.match(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", text.strip(), re.IGNORECASE)
    doi = unquote(text.strip()[address.end() :]) if address else text.strip()
    return re.sub(r"(?i)^doi(?:\s*:\s*|\s+)", "", doi).strip().rstrip(".,;")


def is_doi(doi: str) -> bool:
    """Whether a DOI has the form `10.registrant/suffix` (DOI Handbook, § 3.4)."""
    return re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/\S+", doi) is not None


def normal_arxiv(text: str) -> str:
    """The arXiv id without label or address."""
    found = re.sub(
        r"^(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|^arxiv:\s*", "", text.strip(), flags=re.IGNORECASE
    )
    return re.sub(r"\.pdf$|\s*\[[^\]]*\]$", "", found)


def is_arxiv(identifier: str) -> bool:
    """Whether an id follows one of arXiv's two schemes (arXiv, "Understanding the arXiv identifier")."""
    if _ARXIV_NEW.match(identifier):
        return 1 <= int(identifier[2:4]) <= 12
    return _ARXIV_OLD.match(identifier) is not None


def arxiv_in(text: str) -> str:
    """The arXiv id named in a text such as `arXiv preprint arXiv:2501.04040`, an address, or arXiv's own DOI."""
    match = re.search(r"(?:arxiv[:.]\s*|arxiv\.org/(?:abs|pdf)/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?!\d)",
                      text, re.IGNORECASE)  # fmt: skip
    return match[1] if match and is_arxiv(match[1]) else ""


def bare_arxiv(identifier: str) -> str:
    """The id without version: two versions are one paper."""
    return re.sub(r"v\d+$", "", identifier)


def address_of(text: str) -> str:
    """The address that a text is, or that it names by a DOI or by arXiv's id with its label; nothing where it is none."""
    typed = text.strip()
    if re.fullmatch(r"https?://[^\s/?#]*\w[^\s]*", typed, re.IGNORECASE):
        return typed
    if is_doi(normal_doi(typed)):
        return f"https://doi.org/{normal_doi(typed)}"
    arxiv = normal_arxiv(typed)
    return f"https://arxiv.org/abs/{arxiv}" if arxiv != typed and is_arxiv(arxiv) else ""


def is_isbn(text: str) -> bool:
    """Whether every ISBN in the text has a right check digit (ISO 2108)."""
    for isbn in re.split(r"[,;]\s*|\s+(?=97[89])", text.strip()):
        digits = re.sub(r"[-\s\u2010-\u2015]", "", isbn).upper()
        if re.fullmatch(r"\d{9}[\dX]", digits):
            total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
            if total % 11:
                return False
        elif re.fullmatch(r"97[89]\d{10}", digits):
            if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10:
                return False
        else:
            return False
    return True
