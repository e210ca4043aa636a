"""`synopse init`: what it writes is a review without a problem, in each form and language; it writes over nothing."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.build.session import Session
from synopse.commands import init as command
from synopse.commands.outside import main
from synopse.commands.starter import FOLDER, FORMS, TEXTS, Wish, language_of, starting_files, texts_of
from synopse.locale import LANGUAGES
from synopse.synthesis.kinds import kinds

OWN = """@article{doe2020, author = {Doe, Jane}, title = {A title}, journal = {A Journal}, year = 2020}
@string{j = {Another Journal}}
@book{key:with/signs, author = {Roe, Bo}, title = {A book}, publisher = {A house}, address = {Paris}, year = 1999}
@article{key-with-signs, author = {Poe, Al}, title = {Another title}, journal = j, year = 2001}
"""


@cache
def new(form: str = "literature", lang: str = "en") -> dict[str, str]:
    """The files of a new review."""
    return starting_files(Wish(form, lang))


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def problems(folder: Path) -> list[str]:
    return [f"{each.span.file}:{each.span.line}: {each.message}" for each in Session(folder).problems]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", [each for each in TEXTS if each in LANGUAGES])
def test_a_new_review_of_each_form_and_language_has_no_problem(tmp_path: Path, form: str, lang: str) -> None:
    assert main(["init", "mine", "--form", form, "--lang", lang]) == 0
    assert problems(tmp_path / "mine") == []
    session = Session(tmp_path / "mine")
    assert session.synthesis[1] == [] and session.project.words.lang == lang


@pytest.mark.parametrize("form", FORMS)
def test_every_folder_that_the_readme_names_is_there(tmp_path: Path, form: str) -> None:
    assert main(["init", "mine", "--form", form]) == 0
    folders = re.findall(r"^ +((?:sources|bib)/\S*)", (tmp_path / "mine/README.md").read_text("utf-8"), re.MULTILINE)
    assert "bib/" in folders and [name for name in folders if not (tmp_path / "mine" / name).exists()] == []
    (tmp_path / "own.bib").write_text(OWN, "utf-8")
    assert main(["init", "other", "--form", form, "--bib", "own.bib", "--fiches"]) == 0
    assert [path.name for path in (tmp_path / "other/bib").iterdir()] == ["own.bib"]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "empty"])
def test_every_part_of_a_new_report_has_something_to_show(form: str) -> None:
    assert all(sign in new(form)["sources/report.yaml"] for sign in ("[^", "[@", "{{", "selection:"))
    types = re.findall(r"type: (\w+)", new(form)["sources/form.yaml"])
    assert set(types) == {"text", "items", "terms", "choice", "number", "date"}


def test_the_forms_together_show_every_kind_but_those_that_tell_mistakes_and_readings() -> None:
    shown = {kind for form in FORMS for kind in re.findall(r"- kind: (\w+)", new(form)["sources/report.yaml"])}
    assert shown == set(kinds()) - {"differences", "disagreements", "reliability"}


def shape(data: Any) -> Any:
    """The names of a tree of texts, and how many items its lists have."""
    if isinstance(data, dict):
        return {name: shape(value) for name, value in data.items()}
    return [shape(each) for each in data] if isinstance(data, list) else bool(data)


@pytest.mark.parametrize("lang", TEXTS)
def test_each_language_says_all_that_english_says(lang: str) -> None:
    assert shape(texts_of(lang)) == shape(texts_of("en"))


@pytest.mark.parametrize("lang", TEXTS)
def test_every_text_of_a_language_is_used(lang: str) -> None:
    made = "\n".join(text for form in FORMS for text in new(form, lang).values())
    made += new(lang=lang)["README.md"]
    told = re.sub(r"\s+", " ", made)

    def texts(data: Any) -> list[str]:
        if isinstance(data, dict):
            return [text for value in data.values() for text in texts(value)]
        return [text for each in data for text in texts(each)] if isinstance(data, list) else [data]

    unused = [text for text in texts(texts_of(lang)) if re.sub(r"\s+", " ", text.replace("'", "''")).strip() not in told
              and re.sub(r"\s+", " ", text).strip() not in told]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize("lang", TEXTS)
def test_a_study_of_the_examples_says_that_it_is_none(lang: str) -> None:
    files = new(lang=lang)
    invented = texts_of(lang)["comments"]["invented"]
    for name, text in files.items():
        if name.startswith(("sources/fiches/", "bib/")):
            assert invented in text, name
    assert {re.sub(r"\W.*", "", each["author"]) for each in _studies()} == {"Example", "Sample", "Specimen"}


def _studies() -> Any:
    return yaml.load((FOLDER / "studies.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr_CA@euro"}, "fr"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_BE.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environ: dict[str, str], lang: str) -> None:
    assert language_of(environ) == lang


def test_the_language_that_was_guessed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert main(["init", "mine"]) == 0
    assert "its language is fr, as far as your locale says; --lang takes" in capsys.readouterr().out
    assert "Ce rapport compare" in (tmp_path / "mine/sources/report.yaml").read_text("utf-8")


def test_a_language_without_texts_begins_with_english_ones_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "TEXTS", ("en",))
    monkeypatch.setattr("synopse.commands.starter.TEXTS", ("en",))
    texts_of.cache_clear()
    try:
        assert main(["init", "mine", "--lang", "fr"]) == 0
    finally:
        texts_of.cache_clear()
    assert "no texts to begin with in fr yet: they are in en" in capsys.readouterr().out
    written = (tmp_path / "mine/sources/report.yaml").read_text("utf-8")
    assert "\nlang: fr\n" in written and "This report compares" in written
    assert problems(tmp_path / "mine") == []


@pytest.mark.parametrize("name", ["sources/report.yaml", "README.md", ".gitignore", "docs/schema/form.json"])
def test_nothing_that_is_there_is_written_over(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert main(["init", "mine"]) == 2
    assert f"mine holds {name} already: nothing was written" in capsys.readouterr().err
    assert [each for each in (tmp_path / "mine").rglob("*") if each.is_file()] == [path] and path.read_text() == "mine"


def test_a_link_that_leads_nowhere_is_there_as_well(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/dodo.py").symlink_to(tmp_path / "elsewhere.py")
    assert main(["init", "mine"]) == 2
    assert not (tmp_path / "elsewhere.py").exists()


def test_many_files_in_the_way_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "mine"]) == 0
    assert main(["init", "mine"]) == 2
    assert re.search(r"holds (\S+, ){4}\S+ and \d+ more already", capsys.readouterr().err)


def test_a_folder_with_other_things_takes_a_review(tmp_path: Path) -> None:
    (tmp_path / "mine/notes").mkdir(parents=True)
    (tmp_path / "mine/notes/a.txt").write_text("kept")
    assert main(["init", "mine"]) == 0
    assert (tmp_path / "mine/notes/a.txt").read_text() == "kept" and problems(tmp_path / "mine") == []


def test_a_folder_that_cannot_be_written_to_is_told_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/sources").write_text("a file where a folder is to be")
    assert main(["init", "mine"]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "mine").rglob("*") if each.is_file()] == ["sources"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lang", "frr"], '"frr" is no language of synopse; did you mean "fr"?'),
        (["--form", "pico2"], '"pico2" is no form of synopse; did you mean "pico"?'),
        (["--form", "zzzz"], "one of: literature, pico, scoping, empty"),
        (["--fiches"], "name it with --bib FILE"),
        (["--bib", "nowhere.bib"], "nowhere.bib cannot be read: it is not there"),
        (["--bib", "none.bib", "--fiches"], "none.bib holds no entry that can be read"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none.bib").write_text("no entry here")
    assert main(["init", "mine", *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()


def test_a_bib_of_ones_own_is_copied_to_the_letter_beside_the_examples(tmp_path: Path) -> None:
    (tmp_path / "My Library.bib").write_bytes(OWN.encode() + "% é".encode("latin-1"))
    assert main(["init", "mine", "--bib", "My Library.bib"]) == 0
    copied = tmp_path / "mine/bib/My Library.bib"
    assert copied.read_bytes() == (tmp_path / "My Library.bib").read_bytes()
    assert (tmp_path / "mine/bib/examples.bib").exists()


@pytest.mark.parametrize("form", FORMS)
def test_each_entry_becomes_a_fiche_in_the_place_of_the_examples_on_request(tmp_path: Path, form: str) -> None:
    (tmp_path / "examples.bib").write_text(OWN)
    assert main(["init", "mine", "--bib", "examples.bib", "--fiches", "--form", form]) == 0
    session = Session(tmp_path / "mine")
    assert [each.key for each in session.project.retained] == ["doe2020", "key:with/signs", "key-with-signs"]
    assert problems(tmp_path / "mine") == [] and session.synthesis[1] == []
    assert not (tmp_path / "mine/bib/examples.bib").exists() and (tmp_path / "mine/bib/library.bib").exists()


def test_this_folder_is_the_reviews_where_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert (tmp_path / "dodo.py").exists() and capsys.readouterr().out.endswith("\n  synopse\n")


def test_the_commands_of_each_readme_are_there() -> None:
    from synopse.commands.tasks import TaskMap

    for lang in TEXTS:
        named = set(re.findall(r"^ {4}synopse ([a-z]+)", new(lang=lang)["README.md"], re.MULTILINE))
        assert named and all(hasattr(TaskMap, f"task_{name}") for name in named)


def test_help_names_each_option(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    command.add_options(parser)
    parser.print_help()
    said = capsys.readouterr().out
    assert all(option in said for option in ("--lang", "--form", "--bib", "--fiches", *LANGUAGES, *FORMS))
