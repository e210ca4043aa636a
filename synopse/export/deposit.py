"""What a report says of itself in; the descriptions that an archive reads, out: RO-Crate, CITATION.cff, Zenodo's, checksums.

All are made from the same `Work`, and come out the same each time. Nothing is sent anywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from synopse.bib.names import read_name
from synopse.bib.reference import Name

MEDIA = {".pdf": "application/pdf", ".html": "text/html", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         ".csv": "text/csv", ".bib": "text/x-bibtex", ".json": "application/json", ".jsonld": "application/ld+json", ".zip": "application/zip", ".cff": "application/yaml",
         ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip
CRATE, SPDX, ORCID = "https://w3id.org/ro/crate/1.2", "https://spdx.org/licenses/", "https://orcid.org/"


@dataclass(frozen=True, slots=True)
class Person:
    """An author of the report."""

    name: str
    orcid: str = ""
    affiliation: str = ""

    @property
    def parts(self) -> Name:
        """The parts of the name, as BibTeX tells them apart: the particle of "Ludwig van Beethoven" is "van"."""
        return read_name(self.name)


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper of the report: its title, its address or DOI where there is one."""

    title: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A report as it is deposited. `tree` is the identifier of the folder that it was made from (`tree_id`)."""

    title: str
    lang: str
    date: str
    authors: tuple[Person, ...] = ()
    abstract: str = ""
    version: str = ""
    license: str = ""
    keywords: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    papers: tuple[Cited, ...] = ()
    tree: str = ""
    described: Mapping[str, str] = field(default_factory=dict)
    """What each file is, by its path in the deposit."""


def described(work: Work, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the deposit: those given, and those that describe them."""
    made = dict(files)
    made["CITATION.cff"] = citation(work).encode("utf-8")
    made[".zenodo.json"] = zenodo(work).encode("utf-8")
    made["ro-crate-metadata.json"] = crate(work, sorted(made)).encode("utf-8")
    sums = "".join(f"{hashlib.sha256(made[name]).hexdigest()}  {name}\n" for name in sorted(made))
    made["SHA256SUMS"] = sums.encode("utf-8")
    return made


def citation(work: Work) -> str:
    """The citation file (Citation File Format 1.2.0)."""
    authors: list[dict[str, str]] = []
    for each in work.authors:
        name = each.parts
        said = {
            "family-names": name.family,
            "given-names": name.given,
            "name-particle": name.particle,
            "name-suffix": name.suffix,
        }
        author = {part: text for part, text in said.items() if text}
        author |= {"orcid": ORCID + each.orcid} if each.orcid else {}
        author |= {"affiliation": each.affiliation} if each.affiliation else {}
        authors.append(author)
    data: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this report, please cite it as below.",
        "title": work.title,
        "type": "dataset",
        "authors": authors or [{"name": "Anonymous"}],
    }
    data |= {"date-released": work.date} if len(work.date) == 10 else {}
    data |= {"version": work.version} if work.version else {}
    data |= {"license": work.license} if work.license else {}
    data |= {"keywords": list(work.keywords)} if work.keywords else {}
    data |= {"abstract": work.abstract} if work.abstract else {}
    data |= {"identifiers": [{"type": "swh", "value": work.tree}]} if work.tree else {}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def zenodo(work: Work) -> str:
    """What Zenodo reads of a deposit (`.zenodo.json`, its legacy deposit metadata)."""
    creators = []
    for each in work.authors:
        creator = {"name": ", ".join(filter(None, (each.parts.short, each.parts.given, each.parts.suffix)))}
        creator |= {"orcid": each.orcid} if each.orcid else {}
        creator |= {"affiliation": each.affiliation} if each.affiliation else {}
        creators.append(creator)
    data: dict[str, Any] = {
        "title": work.title,
        "upload_type": "publication",
        "publication_type": "report",
        "description": work.abstract or work.title,
        "creators": creators or [{"name": "Anonymous"}],
        "language": work.lang,
        "access_right": "open" if work.license else "closed",
    }
    data |= {"license": work.license.lower()} if work.license else {}
    data |= {"keywords": list(work.keywords)} if work.keywords else {}
    data |= {"version": work.version} if work.version else {}
    data |= {"publication_date": work.date} if work.date else {}
    related = [{"identifier": each.address, "relation": "cites"} for each in work.papers if each.address]
    data |= {"related_identifiers": related} if related else {}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def crate(work: Work, names: Sequence[str]) -> str:
    """The crate's metadata (RO-Crate 1.2): the report, its files, its authors, what it cites."""
    people = [
        {
            "@id": ORCID + each.orcid if each.orcid else f"#author-{number}",
            "@type": "Person",
            "name": each.name,
            **({"affiliation": each.affiliation} if each.affiliation else {}),
        }
        for number, each in enumerate(work.authors, 1)
    ]
    papers = [
        {"@id": each.address or f"#paper-{number}", "@type": "ScholarlyArticle", "name": each.title}
        for number, each in enumerate(work.papers, 1)
    ]
    files = [
        {
            "@id": name,
            "@type": "File",
            "name": work.described.get(name, name),
            "encodingFormat": MEDIA.get(name[name.rfind(".") :], "application/octet-stream"),
        }
        for name in names
    ]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": work.title,
        "description": work.abstract or work.title,
        "datePublished": work.date or "1980-01-01",
        "inLanguage": work.lang,
        "author": [{"@id": each["@id"]} for each in people],
        "hasPart": [{"@id": name} for name in names],
        "citation": [{"@id": each["@id"]} for each in papers],
    }
    root |= {"license": {"@id": SPDX + work.license}} if work.license else {"license": "all rights reserved"}
    root |= {"version": work.version} if work.version else {}
    root |= {"keywords": ", ".join(work.keywords)} if work.keywords else {}
    root |= {"funding": "; ".join(work.funding)} if work.funding else {}
    root |= {"identifier": work.tree} if work.tree else {}
    licence = [{"@id": SPDX + work.license, "@type": "CreativeWork", "name": work.license}] if work.license else []
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": CRATE},
    }
    graph = [about, root, *files, *people, *papers, *licence]
    return json.dumps({"@context": f"{CRATE}/context", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def tree_id(files: Mapping[str, bytes]) -> str:
    """The identifier of a folder of files, by their paths: Software Heritage's, which is git's name of the tree (SWHID 1.1)."""
    folders: dict[str, dict[str, bytes]] = {}
    entries: list[tuple[bytes, bytes, bytes]] = []
    for path, data in files.items():
        head, _, rest = path.partition("/")
        if rest:
            folders.setdefault(head, {})[rest] = data
        else:
            entries.append((head.encode(), b"100644", _git("blob", data)))
    for name, inside in folders.items():
        entries.append((name.encode(), b"40000", bytes.fromhex(tree_id(inside).rpartition(":")[2])))
    entries.sort(key=lambda entry: entry[0] + (b"/" if entry[1] == b"40000" else b""))
    body = b"".join(mode + b" " + name + b"\0" + digest for name, mode, digest in entries)
    return f"swh:1:dir:{_git('tree', body).hex()}"


def _git(kind: str, data: bytes) -> bytes:
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).digest()
