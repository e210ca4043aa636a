"""Citations as Zotero's word processor plug-in has them: a field whose code holds the works as CSL-JSON (Zotero, `ZOTERO_ITEM`)."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape


def field_code(items: list[str], text: str) -> str:
    """The runs of a field in Word's XML: its code, then what it shows until Zotero updates it. `items` are CSL-JSON objects."""
    works = [json.loads(item) for item in items]
    code = json.dumps(
        {
            "citationID": "-".join(str(work["id"]) for work in works)[:60],
            "properties": {"formattedCitation": text, "plainCitation": text, "noteIndex": 0},
            "citationItems": [{"id": work["id"], "itemData": work} for work in works],
            "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
        },
        ensure_ascii=False,
    )
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> ADDIN ZOTERO_ITEM CSL_CITATION {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
