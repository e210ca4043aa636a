"""What was made, of what: a record is trusted only while what it read and what it made are as it says."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from synopse.ground.notes import Noted, NotingEach, note, put, standing_for, tell, working
from synopse.ground.store import Digest, Store


def known(facts: Mapping[str, str]) -> Digest:
    """The digests of some facts, and of no others."""
    return lambda name: facts.get(name, "")


def made(store: Store, step: str, facts: dict[str, str], **files: str) -> None:
    """A step that reads some facts, and makes some files."""
    with working() as work:
        note(*facts)
        for name, text in files.items():
            put(store.folder / name, text)
        tell("letters", "é")
    store.keep(step, work, known(facts))


def test_a_step_is_up_to_date_while_its_facts_and_files_are(tmp_path: Path) -> None:
    store, facts = Store(tmp_path / "build"), {"form": "1", "fiche:a": "2"}
    assert store.why("x", known(facts)) == "it was never made"
    made(store, "x", facts, one="text")
    assert store.why("x", known(facts)) == "" and Store(tmp_path / "build").why("x", known(facts)) == ""
    assert store.why("x", known({**facts, "form": "3"})) == "sources/form.yaml has changed"
    assert store.why("x", known({**facts, "fiche:a": ""})) == "the fiche a has changed"
    assert store.why("x", lambda name: None) == ""
    (tmp_path / "build/one").write_text("texT")
    assert store.why("x", known(facts)) == "build/one was changed"
    (tmp_path / "build/one").unlink()
    assert store.why("x", known(facts)) == "build/one is not there"
    assert store.found("x", "letters") == "é" and store.found("y", "letters", "") == ""


def test_files_that_a_step_makes_no_more_go_unless_another_makes_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "build")
    made(store, "x", {}, one="1", two="2", three="3")
    made(store, "y", {}, two="2")
    made(store, "x", {}, one="1")
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["one", "store.jsonl", "two"]
    store.distrust("x")
    assert store.why("x", known({})) and (tmp_path / "build/one").exists()
    made(store, "x", {}, one="1")
    store.forget_others("", {"y"})
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["store.jsonl", "two"]
    assert Store(tmp_path / "build").records.keys() == {"y"}


def test_the_file_stays_small_however_often_a_step_is_made(tmp_path: Path) -> None:
    store = Store(tmp_path / "build")
    for number in range(200):
        made(store, "x", {"form": str(number)}, one=str(number))
    lines = (tmp_path / "build/store.jsonl").read_text().splitlines()
    assert len(lines) < 30 and json.loads(lines[-1])["read"] == {"form": "199"}
    assert Store(tmp_path / "build").why("x", known({"form": "199"})) == ""


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_line_that_was_cut_short_is_nobodys_and_spoils_no_other(tmp_path: Path, cut: int) -> None:
    store = Store(tmp_path / "build")
    made(store, "x", {}, one="1")
    made(store, "y", {}, two="2")
    path = tmp_path / "build/store.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    after = Store(tmp_path / "build")
    assert after.records.keys() == ({"x", "y"} if cut == 1 else {"x"})
    made(after, "z", {}, three="3")
    assert Store(tmp_path / "build").records.keys() >= {"x", "z"}


def test_what_another_process_makes_is_seen_at_the_next_question(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "build"), Store(tmp_path / "build")
    assert first.records == {} and second.records == {}
    made(second, "x", {}, one="1")
    assert not first.why("x", known({}))
    made(first, "y", {}, two="2")
    made(second, "z", {}, three="3")
    assert first.records.keys() == second.records.keys() == {"x", "y", "z"}
    second.forget("x")
    assert first.why("x", known({}))
    (tmp_path / "build/store.jsonl").unlink()
    assert first.records == second.records == {}


@pytest.mark.parametrize("seed", range(5))
def test_stores_that_take_turns_know_the_same(tmp_path: Path, seed: int) -> None:
    stores, chance, expected = [Store(tmp_path / "build") for _ in range(3)], random.Random(seed), dict[str, str]()
    for number in range(150):
        store, step = chance.choice(stores), chance.choice("abcdef")
        if chance.random() < 0.2:
            store.forget(step)
            expected.pop(step, None)
        else:
            made(store, step, {"form": str(number)}, **{step: str(number)})
            expected[step] = str(number)
        asked = chance.choice(stores)
        assert {step: record.read["form"] for step, record in asked.records.items()} == expected


class Thing:
    """Something whose readings are noted."""

    name = Noted[str](lambda thing: "name")

    def __init__(self) -> None:
        self.name = "a"


def test_what_is_read_is_noted_for_the_step_at_work_alone() -> None:
    thing, watched = Thing(), NotingEach(Thing(), "thing")
    note("nobody is at work")
    with working() as outer:
        assert thing.name == "a"
        with working() as inner:
            assert watched.name == "a"
        with standing_for("all of it"):
            assert thing.name == "a" and watched.name == "a"
            note("hidden")
    assert outer.read == {"name", "all of it"} and inner.read == {"thing.name", "name"}
    with pytest.raises(AttributeError):
        watched.name = "b"
