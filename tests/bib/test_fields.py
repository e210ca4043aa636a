"""What a field is read as, and what is told: types, dates, pages, languages, identifiers, inheritance."""

from __future__ import annotations

import re

import pytest

from synopse.bib.library import read_library
from synopse.bib.reference import Reference, data_model
from synopse.bib.write import write_bib
from synopse.diagnostics import Diagnostic


def read(text: str) -> tuple[Reference, list[Diagnostic]]:
    library, found = read_library({"a.bib": text.encode()})
    return library.references["a"], found


def fields(text: str) -> dict[str, str]:
    """The fields of the entry `a` as they are written, its type under `@`."""
    library, _ = read_library({"a.bib": text.encode()})
    written = write_bib([library.references["a"]])
    found = dict(re.findall(r"^  (\w+) *= \{(.*)\},$", written, re.MULTILINE))
    return {"@": re.findall(r"@(\w+)", written)[0], **found}


def codes(text: str) -> list[str]:
    return [each.code for each in read(text)[1]]


@pytest.mark.parametrize("kind", [kind for kind in data_model()["types"] if kind not in ("xdata", "set")])
def test_a_type_that_biblatex_has_stays_with_all_its_fields(kind: str) -> None:
    known = [
        name
        for name in data_model()["of"].get(kind, ())
        if data_model()["fields"].get(name) == "literal" and name != "language"
    ]
    text = f"@{kind}{{a, title={{T}}, volume={{12}}, series={{S}}, {', '.join(f'{name}={{x}}' for name in known)}}}"
    made = fields(text)
    assert made["@"] == kind
    assert {"title", "volume", "series", *known} <= made.keys()


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("conference", "inproceedings"), ("phdthesis", "thesis"), ("techreport", "report"), ("www", "online")],
)
def test_a_type_of_bibtex_is_biblatexs_own(kind: str, wanted: str) -> None:
    assert fields(f"@{kind}{{a, title={{T}}}}")["@"] == wanted and "bib-type" not in codes(f"@{kind}{{a, title={{T}}}}")


def test_an_entry_that_lacks_what_its_type_wants_keeps_its_pages_volume_and_series() -> None:
    made = fields(
        "@incollection{a, author={A}, title={T}, booktitle={B}, pages={1--2}, volume={3}, series={S}, edition={2}}"
    )
    assert (made["@"], made["pages"], made["volume"], made["series"], made["edition"]) == (
        "incollection",
        "1--2",
        "3",
        "S",
        "2",
    )
    assert fields("@article{a, title={Unsigned}, journal={J}, volume={3}, number={4}}")["@"] == "article"
    assert fields("@report{a, author={A}, title={T}, number={RR}}")["number"] == "RR"


HOMES = [("@CONFERENCE{a, title={T}, journal={LNCS}, volume={12}, pages={1-2}}", "booktitle", "LNCS"),
         ("@misc{a, title={T}, publisher={arXiv}}", "organization", "arXiv"),
         ("@misc{a, title={T}, journal={J}}", "howpublished", "J"), ("@phdthesis{a, title={T}, publisher={MIT}}", "institution", "MIT"),
         ("@jurisdiction{a, title={T}, publisher={Court}}", "organization", "Court"), ("@book{a, booktitle={T}}", "title", "T"),
         ("@article{a, title={T}, booktitle={B}}", "journaltitle", "B"), ("@inreference{a, title={T}, journal={J}}", "booktitle", "J")]  # fmt: skip


@pytest.mark.parametrize(("text", "home", "value"), HOMES)
def test_a_field_that_its_type_does_not_print_is_printed_where_it_does_and_told(
    text: str, home: str, value: str
) -> None:
    assert fields(text)[home] == value
    assert next(d.message for d in read(text)[1]).startswith(f"@{fields(text)['@']} prints no")


def test_a_type_that_biblatex_does_not_have_is_told_with_the_one_that_was_meant() -> None:
    (wrong,) = read("@articel{a, title={T}}")[1]
    assert wrong.code == "bib-type" and "article" in wrong.hints[0]


DATES = ["2020", "2020-05", "2020-05-03", "2019/2020", "1377~", "1273?", "1273%", "2004/", "2004/..", "/2004", "../2004", "1991-21", "1991-24",
         "199X", "19XX", "1999-XX", "1999-01-XX", "1999-XX-XX", "-0876", "0033", "2004-01-05T14:34:00Z", "2004-01-05T14:34:00", "2004?/2005~", "1991-33",
         "1991-25", "Y-17000", "1991-21/1992-22", "1991-05?", "2020-03-14/.."]  # fmt: skip


@pytest.mark.parametrize("date", DATES)
def test_a_date_of_biblatex_is_kept_as_it_reads_it(date: str) -> None:
    for name in ("date", "urldate", "origdate", "eventdate"):
        text = f"@misc{{a, title={{T}}, {name}={{{date}}}}}"
        assert fields(text)[name] == date and codes(text) == []


@pytest.mark.parametrize(("date", "meant"), [("20uu", "20XX"), ("2004/open", "2004/.."), ("unknown/2004", "/2004"), ("2004-1-5", "2004-01-05"),
                                             ("8 March 2020", "2020-03-08"), ("mars 2020", "2020-03"), ("1984?~", "1984%"), ("2020/03/05", "2020-03-05")])  # fmt: skip
def test_a_date_that_biblatex_would_drop_is_read_as_it_is_meant_and_told(date: str, meant: str) -> None:
    text = f"@misc{{a, title={{T}}, date={{{date}}}}}"
    assert fields(text)["date"] == meant and codes(text) == ["bad-date"]


def test_a_date_that_is_none_is_printed_as_it_was_written() -> None:
    assert fields("@misc{a, title={T}, date={soon}}")["year"] == "soon"
    assert fields("@misc{a, title={T}, date={2021-02-29}}")["year"] == "2021-02-29"
    assert fields("@misc{a, title={T}, date={2020-06/07}}")["year"] == "2020-06/07"
    assert "left out" in read("@misc{a, title={T}, urldate={soon}}")[1][0].message


LEGACY = [("2020", "mar", {"date": "2020-03"}, []), ("2020", "{Sept.}", {"date": "2020-09"}, []), ("2020", "{3}", {"date": "2020-03"}, []),
          ("2020", "{Spring}", {"year": "2020", "month": "Spring"}, []), ("2020", "{March--April}", {"date": "2020-03/2020-04"}, ["bib-reading"]),
          ("2020", '"8~" # mar', {"date": "2020-03-08"}, ["bib-reading"]), ("2020", "{JUL 15}", {"date": "2020-07-15"}, ["bib-reading"]),
          ("2020", "{février}", {"date": "2020-02"}, ["bib-reading"]), ("2020", "{#jun#}", {"date": "2020-06"}, ["bib-reading"]),
          ("2020", "{Michaelmas}", {"year": "2020", "month": "Michaelmas"}, ["bad-date"]), ("{2019/2020}", "{}", {"year": "2019/2020"}, []),
          ("{c. 1850}", "{}", {"year": "c. 1850"}, ["bad-date"]), ("{33}", "{}", {"year": "33"}, ["bad-date"]), ("{0033}", "{}", {"date": "0033"}, []), ("2020", 'jun # "~6--8"', {"date": "2020-06-06/2020-06-08"}, ["bib-reading"]), ("{-50}", "{}", {"date": "-0050"}, ["bib-reading"])]  # fmt: skip


@pytest.mark.parametrize(("year", "month", "written", "told"), LEGACY)
def test_year_and_month_of_bibtex(year: str, month: str, written: dict[str, str], told: list[str]) -> None:
    text = f"@misc{{a, title={{T}}, year={year}, month={month}}}"
    assert {name: value for name, value in fields(text).items() if name in ("date", "year", "month")} == written
    assert codes(text) == told


def test_a_month_beside_a_date_is_not_lost_in_silence() -> None:
    assert fields("@misc{a, title={T}, date={1377~}, month=mar}")["date"] == "1377-03~"
    assert codes("@misc{a, title={T}, date={2019/2020}, month=mar}") == ["bib-reading"]


PAGES = {"101-120": "101--120", "101–120": "101--120", "101---120": "101--120", "12": "12", "12, 15": "12, 15", "1-3;7-9": "1--3, 7--9", "12-": "12--",
         "{A-1}--{A-3}": "{A-1}--{A-3}", "A-1--A-3": "{A-1}--{A-3}", "{1-2}": "1--2", "1-2-3": "{1-2}--3", "S12 -- S34": "S12--S34", "e12": "e12"}  # fmt: skip


@pytest.mark.parametrize(("pages", "written"), PAGES.items())
def test_ranges_of_pages_are_parted_as_biber_parts_them(pages: str, written: str) -> None:
    once = fields(f"@article{{a, title={{T}}, pages={{{pages}}}}}")["pages"]
    assert once == written and fields(f"@article{{a, title={{T}}, pages={{{once}}}}}")["pages"] == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "english"), ("fre", "french"), ("de-DE", "german"), ("en-GB", "english"), ("zh", None)],
)
def test_a_code_of_a_language_is_its_word_or_nothing(language: str, written: str | None) -> None:
    text = f"@misc{{a, title={{T}}, language={{{language}}}}}"
    assert fields(text).get("language") == written and codes(text) == ["bib-reading"]
    assert codes("@misc{a, title={T}, language={english and {French}}}") == []


ADDRESSES = [("url", r"https://x.org/a\_b\%20c", "https://x.org/a_b%20c"), ("url", r"\url{https://x.org/a_b}", "https://x.org/a_b"),
             ("url", "https://x.org/?a=1&amp;b=2", "https://x.org/?a=1&b=2"), ("doi", r"10.1000/a\_b", "10.1000/a_b"),
             ("doi", "https://doi.org/10.1000/abc", "10.1000/abc"), ("doi", "{10.1000/abc}", "10.1000/abc"), ("eprint", "arXiv:2101.00001", "2101.00001")]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "written"), ADDRESSES)
def test_an_address_that_was_escaped_is_read_as_it_is_and_told(name: str, value: str, written: str) -> None:
    text = f"@misc{{a, title={{T}}, {name}={{{value}}}}}"
    assert fields(text)[name] == written and codes(text)[0] in ("bib-escape", "bib-reading")
    assert codes(f"@misc{{a, title={{T}}, {name}={{{written}}}, eprinttype={{arxiv}}}}") == []


@pytest.mark.parametrize(
    "url", ["https://x.org/é/漢", "https://x.org/(a)/{b}?c=d&e=f#g%20h~i^j", "https://x.org/a,b;c!d$e'f*g"]
)
def test_a_sound_address_is_written_to_the_letter(url: str) -> None:
    assert fields(f"@misc{{a, title={{T}}, url={{{url}}}}}")["url"] == url


INHERITED = [("inbook", "book", {"booktitle": "W", "booksubtitle": "S", "bookauthor": "P", "note": "N"}), ("inproceedings", "proceedings", {"booktitle": "W"}),
             ("incollection", "mvcollection", {"maintitle": "W", "mainsubtitle": "S"}), ("article", "periodical", {"journaltitle": "W", "journalsubtitle": "S"}),
             ("book", "mvbook", {"maintitle": "W"}), ("conference", "proceedings", {"booktitle": "W"}), ("misc", "book", {"subtitle": "S"})]  # fmt: skip


@pytest.mark.parametrize(("child", "parent", "gets"), INHERITED)
def test_a_child_inherits_what_biblatexs_rules_give_it(child: str, parent: str, gets: dict[str, str]) -> None:
    whole = f"@{parent}{{p, author={{P}}, title={{W}}, subtitle={{S}}, shorttitle={{Sh}}, note={{N}}, shorthand={{X}}, publisher={{Pub}}}}\n"
    made = fields(f"{whole}@{child}{{a, title={{T}}, crossref={{p}}}}")
    assert made["title"] == "T" and gets.items() <= made.items() and "shorthand" not in made
    assert ("shorttitle" in made) == (child == "misc")


def test_what_an_entry_says_itself_is_not_inherited_under_another_name() -> None:
    text = (
        "@periodical{p, title={W}, date={2019/2021}}\n@article{a, title={T}, journal={Own}, year={2020}, crossref={p}}"
    )
    assert (fields(text)["journaltitle"], fields(text)["date"]) == ("Own", "2020")
    assert codes(text) == ["bib-reading"]
    assert codes("@xdata{p, location={Paris}}\n@book{a, title={T}, location={Lyon}, xdata={p}}") == ["bib-reading"]


@pytest.mark.parametrize(
    ("child", "gets"),
    [
        ("year={}, booktitle={}", {"booktitle": "W", "date": "2001-05"}),
        ("date={ }", {"date": "2001-05"}),
        ("year={2003}, booktitle={Own}", {"booktitle": "Own", "date": "2003"}),
    ],
)
def test_an_empty_field_is_inherited_like_one_that_is_not_there(child: str, gets: dict[str, str]) -> None:
    made = fields(
        f"@proceedings{{p, title={{W}}, date={{2001-05}}}}\n@inproceedings{{a, title={{T}}, {child}, crossref={{p}}}}"
    )
    assert gets.items() <= made.items()


@pytest.mark.parametrize(
    ("own", "given", "date", "told"),
    [
        ("year=2006", "month=may", "2006-05", 0),
        ("date={2006}", "month=may", "2006-05", 0),
        ("year=2006", "year=2006, month=may", "2006-05", 0),
        ("year=2006", "date={2006-05}", "2006", 1),
        ("date={2006}", "year=2003, month=may", "2006", 1),
        ("title={T}", "year=2003, month=may", "2003-05", 0),
    ],
)
def test_a_month_of_xdata_is_taken_or_what_stands_instead_is_told(own: str, given: str, date: str, told: int) -> None:
    direct = f"@xdata{{p, {given}}}\n@misc{{a, {own}, xdata={{p}}}}"
    assert fields(direct)["date"] == date and codes(direct) == ["bib-reading"] * told
    chained = f"@xdata{{p, {given}}}\n@xdata{{q, {own}, xdata={{p}}}}\n@misc{{a, note={{N}}, xdata={{q}}}}"
    assert fields(chained)["date"] == date and codes(chained) == ["bib-reading"] * told


@pytest.mark.parametrize(
    ("two", "stands"),
    [("journal={J1}, journaltitle={J2}", "J2"), ("journaltitle={J2}, journal={J1}", "J2"), ("address={A}, location={B}", "B"), ("institution={B}, school={A}", "B"),
     ("date={2001-05}, year={2002}", "2001-05"), ("year={2002}, date={2001-05}", "2001-05"), ("year={2002}, date={soon}", "soon"), ("journal={J1}, journaltitle={}", "J1"),
     ("arxiv={2101.00001}, arxivid={2101.00002}, eprinttype={arxiv}", "2101.00001")],
)  # fmt: skip
def test_a_field_that_another_of_the_same_meaning_leaves_out_is_told(two: str, stands: str) -> None:
    _, found = read(f"@misc{{a, title={{T}}, {two}}}")
    assert stands in fields(f"@misc{{a, title={{T}}, {two}}}").values()
    assert sum("left out beside" in each.message or "for an empty" in each.message for each in found) == 1


@pytest.mark.parametrize(
    "two",
    ["journal={J1}, journaltitle={J1}", "date={2001-05}, year={2001}", "date={2001/2003}, year={2001}", "date={2001/2003}, year={2001/2003}", "year={}, date={2001}",
     "archiveprefix={arXiv}, eprinttype={arxiv}, eprint={2101.00001}", "annote={A}, annotation={B}", "date={-0044}, year={-44}", "journal={}, journaltitle={J}"],
)  # fmt: skip
def test_two_fields_that_say_the_same_are_not_told(two: str) -> None:
    assert codes(f"@article{{a, title={{T}}, {two}}}") == []


def test_options_that_hide_an_entry_or_code_are_left_out_and_told() -> None:
    text = "@misc{a, title={T}, options={useprefix=true, skipbib, maxnames=2}, execute={\\foo}}"
    assert fields(text)["options"] == "useprefix=true,maxnames=2" and "execute" not in fields(text)
    assert codes(text) == ["bib-reading", "bib-reading"]


def test_an_arxiv_id_is_found_wherever_it_stands_and_nothing_is_printed_twice() -> None:
    for text in (
        "url={https://arxiv.org/abs/2101.00001}",
        "journal={arXiv preprint arXiv:2101.00001}",
        "doi={10.48550/arXiv.2101.00001}",
    ):
        reference, found = read(f"@article{{a, title={{T}}, {text}}}")
        assert reference.arxiv == "2101.00001" and found == []
        assert "eprint" not in fields(f"@article{{a, title={{T}}, {text}}}")
