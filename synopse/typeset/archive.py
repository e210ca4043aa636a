"""A PDF of the engine in; the same as an archive's PDF out (ISO 19005-3, PDF/A-3u), with files attached to it.

What an archive asks for beside the pages is appended to the file (ISO 32000-1, 7.5.6 "Incremental updates"): metadata, the colours
that numbers mean, an identifier, and the attached files with what each is to the report. Not a byte of the pages is touched, so that
SyncTeX goes on to fit; the same inputs give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape as escaped
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from synopse.typeset.icc import srgb

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, IndirectObject

escape = partial(escaped, quote=False)
Standard = Literal["a-3u", "a-2u", "none"]
Relationship = Literal["Source", "Data", "Supplement"]
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of a file within an archive: zip knows no earlier one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the report: its name, its bytes, its type, what it is to the report, and what it holds."""

    name: str
    data: bytes
    mime: str
    relationship: Relationship
    description: str


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive's PDF says of itself, and what is attached to it. `modified` is the date of what is attached, a PDF date."""

    standard: Standard
    title: str
    lang: str
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    modified: str = "D:19800101000000Z"

    @property
    def key(self) -> str:
        """A digest of all of it."""
        state = hashlib.blake2b(digest_size=16)
        state.update(Path(__file__).read_bytes())
        state.update(repr((self.standard, self.title, self.lang, self.authors, self.keywords, self.modified)).encode())
        for each in self.attachments:
            state.update(repr((each.name, each.mime, each.relationship, each.description)).encode())
            state.update(hashlib.blake2b(each.data).digest())
        return state.hexdigest()


def zipped(files: Mapping[str, bytes], *, compressed: bool = False) -> bytes:
    """Files as a zip archive with the same bytes each time; one that is attached to a PDF is compressed there."""
    stream, how = io.BytesIO(), zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name], how)
    return stream.getvalue()


def archived(pdf: bytes, archive: Archive) -> bytes:
    """The PDF with what the standard asks for. Raises what pypdf raises for bytes that are no PDF."""
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        ByteStringObject,
        NameObject,
        TextStringObject,
    )

    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    _end_streams_plainly(writer, pdf)
    catalog = writer.root_object
    catalog[NameObject("/Version")] = NameObject("/1.7")
    catalog[NameObject("/Lang")] = TextStringObject(archive.lang)
    catalog[NameObject("/Metadata")] = _metadata(writer, archive)
    catalog[NameObject("/OutputIntents")] = ArrayObject([_output_intent(writer)])
    if archive.attachments:
        _attach(writer, catalog, archive)
    writer.metadata = _info(archive)
    name = ByteStringObject(hashlib.md5(pdf + archive.key.encode(), usedforsecurity=False).digest())
    writer._ID = ArrayObject([name, name])
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


_AMBIGUOUS = re.compile(rb"\r\nendstream")


def _end_streams_plainly(writer: PdfWriter, pdf: bytes) -> None:
    """Writes anew, in ASCII, the streams whose last byte is a carriage return: with the line feed behind it, it would be one end of
    line, and a strict reader would count the stream one byte too short (ISO 19005-3, 6.1.7.1)."""
    from pypdf.generic import ArrayObject, NameObject, NullObject, StreamObject

    for match in _AMBIGUOUS.finditer(pdf):
        number = re.search(
            rb"(\d+) 0 obj\b(?!.*\d 0 obj\b)", pdf[max(0, pdf.rfind(b" 0 obj", 0, match.start()) - 12) : match.start()]
        )
        found = writer.get_object(int(number[1])) if number else None
        if not isinstance(found, StreamObject) or found.get("/Type") == "/XRef" or not found._data.endswith(b"\r"):
            continue
        filters, parameters = found.get("/Filter"), found.get("/DecodeParms")
        found[NameObject("/Filter")] = ArrayObject([NameObject("/ASCII85Decode"), *_several(filters)])
        if parameters is not None:
            found[NameObject("/DecodeParms")] = ArrayObject([NullObject(), *_several(parameters)])
        found._data = base64.a85encode(found._data) + b"~>"


def _several(value: object) -> list[object]:
    """The filters of a stream, of which one may stand alone."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _info(archive: Archive) -> dict[str, str]:
    """The document information dictionary; the metadata say the same (ISO 19005-3, 6.6.3)."""
    said = {"/Title": archive.title, "/Author": ", ".join(archive.authors), "/Keywords": ", ".join(archive.keywords)}
    return {name: text for name, text in said.items() if text}


def _metadata(writer: PdfWriter, archive: Archive) -> IndirectObject:
    """The XMP packet (ISO 16684-1), whole and not compressed (ISO 19005-3, 6.6.2)."""
    from pypdf.generic import DecodedStreamObject, NameObject

    part, level = archive.standard.removeprefix("a-")[0], "U"
    creators = f"<rdf:li>{escape(', '.join(archive.authors))}</rdf:li>"
    title = f'<rdf:li xml:lang="x-default">{escape(archive.title)}</rdf:li>'
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>\n"
        "<dc:format>application/pdf</dc:format>\n"
        f"<dc:title><rdf:Alt>{title}</rdf:Alt></dc:title>\n"
        f"<dc:language><rdf:Bag><rdf:li>{escape(archive.lang)}</rdf:li></rdf:Bag></dc:language>\n"
        + (f"<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>\n" if archive.authors else "")
        + (f"<pdf:Keywords>{escape(', '.join(archive.keywords))}</pdf:Keywords>\n" if archive.keywords else "")
        + "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    stream = DecodedStreamObject()
    stream.set_data(packet.encode("utf-8"))
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    return writer._add_object(stream)


def _output_intent(writer: PdfWriter) -> DictionaryObject:
    """What the numbers of colours mean (ISO 19005-3, 6.2.3)."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    profile = DecodedStreamObject()
    profile.set_data(srgb())
    profile[NameObject("/N")] = NumberObject(3)
    return DictionaryObject({
        NameObject("/Type"): NameObject("/OutputIntent"),
        NameObject("/S"): NameObject("/GTS_PDFA1"),
        NameObject("/OutputConditionIdentifier"): TextStringObject("sRGB"),
        NameObject("/Info"): TextStringObject("sRGB IEC61966-2.1"),
        NameObject("/DestOutputProfile"): writer._add_object(profile.flate_encode()),
    })  # fmt: skip


def _attach(writer: PdfWriter, catalog: DictionaryObject, archive: Archive) -> None:
    """Each file with its type, its date and what it is to the report (ISO 19005-3, 6.8)."""
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    named, files = ArrayObject(), ArrayObject()
    for each in sorted(archive.attachments, key=lambda attachment: attachment.name):
        held = DecodedStreamObject()
        held.set_data(each.data)
        stream = held.flate_encode()
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        stream[NameObject("/Subtype")] = NameObject(f"/{each.mime}")
        dates = {
            NameObject("/ModDate"): TextStringObject(archive.modified),
            NameObject("/Size"): NumberObject(len(each.data)),
        }
        stream[NameObject("/Params")] = DictionaryObject(dates)
        file = writer._add_object(stream)
        spec = writer._add_object(DictionaryObject({
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/F"): TextStringObject(each.name),
            NameObject("/UF"): TextStringObject(each.name),
            NameObject("/Desc"): TextStringObject(each.description),
            NameObject("/AFRelationship"): NameObject(f"/{each.relationship}"),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): file, NameObject("/UF"): file}),
        }))  # fmt: skip
        named += [TextStringObject(each.name), spec]
        files.append(spec)
    catalog[NameObject("/AF")] = files
    names = catalog.get("/Names")
    kept = DictionaryObject(names.get_object()) if names is not None else DictionaryObject()
    kept[NameObject("/EmbeddedFiles")] = writer._add_object(DictionaryObject({NameObject("/Names"): named}))
    catalog[NameObject("/Names")] = writer._add_object(kept)
