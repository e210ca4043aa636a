"""The consensus of several readings: what is unanimous is written, what is not is asked, and a person's words stay to the letter."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from synopse.build.run import Run
from synopse.build.session import Session
from synopse.commands.assign import assign, assigned
from synopse.commands.compare import compare
from synopse.commands.consensus import consensus
from synopse.commands.status import status
from synopse.ground.settings import READER
from synopse.synthesis.readings import digest_of

FORM = """
sections:
  - id: about
    title: About
    fields:
      - {id: design, type: choice, choices: [rct, cohort, other]}
      - {id: risk, type: choice, ordered: true, choices: [low, some, high]}
      - {id: n, type: number}
      - {id: begun, type: date}
      - {id: aim, type: text}
      - {id: remarks, type: items}
      - {id: methods, type: terms}
"""
VOCABULARY = "terms:\n  methods: [{name: SFT, aliases: [fine-tuning]}, RLHF, CoT]\n"
BIB = "@misc{p1, author={A, B}, title={One}, year=2024}\n@misc{p2, author={C, D}, title={Two}, year=2023}\n"
VALUES: dict[str, list[Any]] = {
    "design": ["rct", "cohort", "other"],
    "risk": ["low", "some", "high"],
    "n": ["12", "12.0", "200", "10–20", "NR"],
    "begun": ["2021", "2021-03", "March 2021"],
    "aim": ["To test it", "to test it.", "Whether it helps\n\nand whom", "no", "012: why?"],
    "remarks": [["One"], ["One", "A second remark"], ["A second remark!", "A third: with a colon"], ["# no comment"]],
    "methods": [
        ["SFT"],
        ["fine-tuning", "CoT"],
        [{"term": "RLHF", "text": "said so", "page": "4"}],
        [{"terms": ["SFT", "CoT"]}],
    ],
}


def review(root: Path, readings: dict[str, dict[str, dict[str, Any]]], fiches: dict[str, str] | None = None) -> Path:
    """A review with readings by reader and key, and the texts of fiches."""
    report = f"title: T\nlang: en\nreaders: [{', '.join(readings)}]\nfiches: [p1, p2]\n"
    files = {
        "sources/form.yaml": FORM,
        "sources/vocabulary.yaml": VOCABULARY,
        "bib/a.bib": BIB,
        "sources/report.yaml": report,
    }
    for key in ("p1", "p2"):
        if fiches is None or key in fiches:
            files[f"sources/fiches/{key}.yaml"] = f"key: {key}\nstatus: todo\n" if fiches is None else fiches[key]
    for reader, own in readings.items():
        for key, values in own.items():
            said = yaml.safe_dump({"key": key, "status": "complete"} | values, allow_unicode=True, sort_keys=False)
            files[f"sources/readings/{reader}/{key}.yaml"] = said
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def settle(root: Path, key: str = "p1") -> tuple[str, dict[str, Any]]:
    """The fiche after `doit consensus`: its text, and its data."""
    assert consensus(Run(root), [key])
    text = (root / f"sources/fiches/{key}.yaml").read_text("utf-8")
    return text, yaml.safe_load(text)


def drawn(seed: int, readers: int = 2) -> dict[str, dict[str, dict[str, Any]]]:
    """Readings of one paper by chance, of which many agree."""
    chance = random.Random(seed)
    most = {name: chance.choice(values) for name, values in VALUES.items()}
    made: dict[str, dict[str, dict[str, Any]]] = {}
    for reader in ("ana", "bo", "cy")[:readers]:
        own = {
            name: most[name] if chance.random() < 0.6 else chance.choice(values)
            for name, values in VALUES.items()
            if chance.random() < 0.85
        }
        made[reader] = {"p1": own}
    return made


@pytest.mark.parametrize("seed", range(60))
def test_unanimous_fields_are_written_and_others_asked(seed: int, tmp_path: Path) -> None:
    readings = drawn(seed, 2 + seed % 2)
    root = review(tmp_path, readings)
    text, data = settle(root)
    fiches = Session(root).project.readings["p1"]
    for name in ("design", "risk"):
        said = [own["p1"].get(name) for own in readings.values()]
        if len(set(said)) == 1:
            assert data.get(name) == said[0] and name not in data.get("decide", {})
        else:
            assert name not in data and set(data["decide"][name]) == set(readings)
    for name in VALUES:
        assert (name in data or name in data.get("decide", {})) == any(name in each.values for each in fiches.values())
    unanimous = data["consensus"]["unanimous"]
    assert set(unanimous) == {name for name in VALUES if name in data}
    again, _ = settle(root)
    assert again == text  # a second time changes nothing
    assert not [each for each in Session(root).problems if each.severity == "error"]


@pytest.mark.parametrize("seed", range(40))
def test_what_a_person_wrote_stays_to_the_letter(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    lines = ["# a note of mine", "key: p1", "status: partial  # for now", ""]
    mine = {
        "design": "design: cohort   # decided in the meeting",
        "aim": "aim: |\n  My own words: to the letter,\n\n  with a list:\n  - a\n  - b",
        "remarks": "remarks:\n  # first\n  - {text: 'Mine', page: 3}\n  - >\n    Folded\n    over lines",
        "n": 'n: "17"',
    }
    kept = [name for name in mine if chance.random() < 0.6]
    for name in kept:
        lines += [mine[name], ""]
    lines += ["same: [[One, 'a single remark']]", "", "# the end"]
    root = review(tmp_path, drawn(seed), {"p1": "\n".join(lines) + "\n", "p2": "key: p2\nstatus: todo\n"})
    text, data = settle(root)
    for line in lines:
        assert line in text
    before = [line for line in "\n".join(lines).split("\n") if line.strip()]
    after = [line for line in text.split("\n") if line.strip()]
    assert [line for line in after if line in before] == before  # in the order in which they stood
    assert not set(kept) & set(data.get("decide", {})) and not set(kept) & set(data["consensus"]["unanimous"])


def test_an_answer_is_checked_like_any_text_and_ends_the_question(tmp_path: Path) -> None:
    root = review(tmp_path, {"ana": {"p1": {"design": "rct", "n": "3"}}, "bo": {"p1": {"design": "cohort", "n": "3"}}})
    text, data = settle(root)
    assert data["decide"] == {"design": {"ana": "rct", "bo": "cohort"}} and data["n"] == 3
    told = [each for each in Session(root).problems if each.code == "undecided"]
    assert len(told) == 1 and text.split("\n")[told[0].span.line - 1].strip() == "design:"
    path = root / "sources/fiches/p1.yaml"
    path.write_text(text.replace("status: partial", "status: partial\ndesign: perhaps"), "utf-8")
    assert "wrong-choice" in {each.code for each in Session(root).problems}
    path.write_text(text.replace("status: partial", "status: partial\ndesign: other"), "utf-8")
    text, data = settle(root)
    assert data["design"] == "other" and "decide" not in data
    assert not [each for each in Session(root).problems if each.code == "undecided"]


def test_a_reading_that_changes_afterwards_is_told_with_its_fields(tmp_path: Path) -> None:
    readings = {"ana": {"p1": {"design": "rct", "aim": "A"}}, "bo": {"p1": {"design": "rct", "aim": "A"}}}
    root = review(tmp_path, readings)
    settle(root)
    path = root / "sources/readings/bo/p1.yaml"
    path.write_text("# moved, and said the same\n\n" + path.read_text("utf-8").replace("aim: A", "aim: 'A'"), "utf-8")
    assert not [each for each in Session(root).problems if each.code == "reading-changed"]
    path.write_text(path.read_text("utf-8").replace("rct", "cohort") + "n: 4\n", "utf-8")
    (told,) = [each for each in Session(root).problems if each.code == "reading-changed"]
    assert '"bo" has changed design, n' in told.message and told.span.file == "sources/fiches/p1.yaml"
    _, data = settle(root)
    assert data["decide"] == {"design": {"ana": "rct", "bo": "cohort"}, "n": {"ana": None, "bo": 4}}
    assert "design" not in data and not [each for each in Session(root).problems if each.code == "reading-changed"]
    path.unlink()
    assert "is gone" in next(each.message for each in Session(root).problems if each.code == "reading-changed")


def test_a_reader_who_comes_later_is_told_of(tmp_path: Path) -> None:
    root = review(tmp_path, {"ana": {"p1": {"design": "rct"}}, "bo": {}})
    _, data = settle(root)
    assert data["design"] == "rct" and list(data["consensus"]["readings"]) == ["ana"]  # of one reading all is unanimous
    path = root / "sources/readings/bo/p1.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("key: p1\nstatus: complete\ndesign: cohort\n", "utf-8")
    assert '"bo" has read the paper since' in next(
        e.message for e in Session(root).problems if e.code == "reading-changed"
    )
    _, data = settle(root)
    assert data["decide"]["design"] == {"ana": "rct", "bo": "cohort"}


def test_wordings_that_mean_the_same_agree(tmp_path: Path) -> None:
    readings = {
        "ana": {"p1": {"aim": "To test it", "remarks": ["RCT"]}},
        "bo": {"p1": {"aim": "Testing", "remarks": ["a randomised trial"]}},
    }
    same = "key: p1\nstatus: todo\nsame: [[To test it, testing], [RCT, A randomised trial]]\n"
    root = review(tmp_path, readings, {"p1": same, "p2": "key: p2\nstatus: todo\n"})
    _, data = settle(root)
    assert data["aim"] == "To test it" and data["remarks"] == ["RCT"] and "decide" not in data


def test_a_paper_without_a_fiche_gets_one_and_the_report_waits_for_it(tmp_path: Path) -> None:
    root = review(
        tmp_path, {"ana": {"p1": {"design": "rct"}}, "bo": {"p1": {"design": "rct"}}}, {"p2": "key: p2\nstatus: todo\n"}
    )
    (told,) = [each for each in Session(root).problems if each.code == "unsettled"]
    assert told.severity == "warning" and not [each for each in Session(root).problems if each.severity == "error"]
    assert compare(Run(root))
    _, data = settle(root)
    assert data["status"] == "complete" and data["design"] == "rct"
    assert not [each for each in Session(root).problems if each.code == "unsettled"]


def test_a_mistake_in_a_reading_stops_the_consensus_and_not_the_report(tmp_path: Path) -> None:
    root = review(tmp_path, {"ana": {"p1": {"design": "perhaps"}}, "bo": {"p1": {"design": "rct"}}})
    assert "wrong-choice" in {each.code for each in Session(root).problems if each.severity == "warning"}
    assert not [each for each in Session(root).problems if each.severity == "error"]
    assert not compare(Run(root))


def test_a_reader_who_is_not_named_is_told_and_left_out(tmp_path: Path) -> None:
    root = review(tmp_path, {"ana": {"p1": {"design": "rct"}}})
    path = root / "sources/readings/eve/p1.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("key: p1\ndesign: other\n", "utf-8")
    assert [each.code for each in Session(root).problems if "eve" in each.span.file] == ["unknown-reader"]
    assert list(Session(root).project.readings["p1"]) == ["ana"]


@pytest.mark.parametrize("seed", range(30))
def test_assignment_is_balanced_and_the_same_for_the_same_seed(seed: int) -> None:
    chance = random.Random(seed)
    keys = [f"p{n}" for n in range(chance.randrange(1, 40))]
    readers = ["ana", "bo", "cy", "dee"][: chance.randrange(2, 5)]
    made = assigned(keys, readers, {}, 2, str(seed))
    assert made == assigned(keys, readers, {}, 2, str(seed))
    assert all(len(set(names)) == 2 for names in made.values()) and list(made) == keys
    loads = [sum(name in names for names in made.values()) for name in readers]
    assert max(loads) - min(loads) <= 1
    more = assigned([*keys, "new"], readers, made, 2, "other")
    assert {key: more[key] for key in keys} == made and len(more["new"]) == 2


def test_doit_assign_writes_a_line_a_paper_and_keeps_who_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = review(tmp_path, {"ana": {}, "bo": {}})
    report = root / "sources/report.yaml"
    report.write_text(report.read_text("utf-8").replace("[ana, bo]", "[ana, bo, {id: cy, left: true}]"), "utf-8")
    assert assign(Run(root), "2", "3")
    lines = (root / "sources/readings/assigned.yaml").read_text("utf-8").splitlines()
    assert [re.sub(r"\[.*", "", line) for line in lines] == [
        "# Who reads what. doit assign adds to it and takes nothing away.",
        "p1: ",
        "p2: ",
    ]
    assert Session(root).project.assigned["p1"] in (("ana", "bo"), ("bo", "ana"))
    assert not assign(Run(root), "3") and "too-few-readers" in capsys.readouterr().out
    assert assign(Run(root), "2", "1", "ana")  # the fiches of one who read alone become that reader's readings
    copied = root / "sources/readings/ana/p1.yaml"
    assert copied.read_bytes() == (root / "sources/fiches/p1.yaml").read_bytes()


def test_status_tells_each_reader_and_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = review(tmp_path, {"ana": {"p1": {"design": "rct"}}, "bo": {"p1": {"design": "cohort"}}})
    (root / "sources/readings/assigned.yaml").write_text("p2: [ana, bo]\n", "utf-8")
    assert status(Run(root))
    said = capsys.readouterr().out
    assert re.search(r"^p1 +done +done +done$", said, re.MULTILINE)
    assert re.search(r"^p2 +to read +to read +to read$", said, re.MULTILINE) and "0 of 2 settled" in said
    settle(root)
    capsys.readouterr()
    assert status(Run(root))
    assert re.search(r"^p1 +compared", capsys.readouterr().out, re.MULTILINE)
    path = root / "sources/fiches/p1.yaml"
    path.write_text(path.read_text("utf-8").replace("status: partial", "status: partial\ndesign: rct"), "utf-8")
    settle(root)
    capsys.readouterr()
    assert status(Run(root))
    assert re.search(r"^p1 +settled", said := capsys.readouterr().out, re.MULTILINE) and "1 of 2 settled" in said
    assert "[###############...............]" in said


def test_a_blind_reader_is_told_of_her_own_notes_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = review(
        tmp_path, {"ana": {"p1": {"aim": "Mine"}}, "bo": {"p1": {"aim": "Secret"}, "p2": {"aim": "Secret too"}}}
    )
    monkeypatch.setenv(READER, "ana")
    session = Session(root)
    assert not [each for each in session.problems if each.severity == "error"]
    assert session.project.readings == {} and list(session.project.fiches) == ["p1"]
    assert digest_of(session.project.fiches["p1"], "aim")
    assert not compare(Run(root)) and not consensus(Run(root), ["p1"]) and not assign(Run(root))
    assert status(Run(root))
    said = capsys.readouterr()
    assert said.out.count("blind-reader") == 3 and "Secret" not in said.out + said.err and "bo" not in said.out.split()


def read_so(tmp_path: Path, ana: str, bo: str, fiche: str | None = "key: p1\nstatus: todo\n") -> Path:
    """A review in which two readers read the first paper, as they typed it."""
    fiches = {"p2": "key: p2\nstatus: todo\n"} | ({"p1": fiche} if fiche is not None else {})
    root = review(tmp_path, {"ana": {}, "bo": {}}, fiches)
    for reader, text in (("ana", ana), ("bo", bo)):
        path = root / f"sources/readings/{reader}/p1.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"key: p1\nstatus: complete\n{text}\n", "utf-8")
    return root


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("p < 0.05", "p > 0.05", False),
        ("-3 mmol", "3 mmol", False),
        ("5 %", "5", False),
        ("±3", "3", False),
        ("US data", "us data", False),
        ("a, b", "a b", False),
        ("To test it", "to test it.", True),
        ("the “best”  one", 'The "best" one', True),
        ("l’étude", "l'étude", True),
        ("e\u0301tude", "\u00e9tude", True),
    ],
)
@pytest.mark.parametrize("field", ["aim: {}", "remarks: [{}]"])
def test_texts_agree_only_where_they_say_the_same(
    one: str, other: str, agree: bool, field: str, tmp_path: Path
) -> None:
    root = read_so(
        tmp_path, field.format(json.dumps(one, ensure_ascii=False)), field.format(json.dumps(other, ensure_ascii=False))
    )
    _, data = settle(root)
    assert ("decide" not in data) == agree


def test_themes_pages_and_words_on_terms_are_compared_and_the_fuller_kept(tmp_path: Path) -> None:
    ana = "remarks:\n- {text: One, page: 3}\n- {text: Two, page: 3}\n- {text: Three, theme: a}\nmethods: [{term: SFT, text: by hand, page: 2}, CoT]"
    bo = "remarks:\n- One\n- {text: Two, page: 4}\n- {text: Three, theme: b}\nmethods: [SFT, {term: CoT, text: x}]"
    _, data = settle(read_so(tmp_path, ana, bo))
    assert data["remarks"] == [{"text": "One", "page": 3}]
    assert data["methods"] == [{"term": "SFT", "text": "by hand", "page": 2}, {"term": "CoT", "text": "x"}]
    assert data["decide"]["remarks"]["ana"] == [{"text": "Two", "page": 3}, {"text": "Three", "theme": "a"}]


def test_a_reading_that_cannot_be_read_stops_the_consensus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = read_so(tmp_path, "desing: rct", "design: cohort")
    before = (root / "sources/fiches/p1.yaml").read_bytes()
    assert not consensus(Run(root), ["p1"])
    assert "sources/readings/ana/p1.yaml:3:1" in capsys.readouterr().out
    assert (root / "sources/fiches/p1.yaml").read_bytes() == before
    assert status(Run(root)) and "mistake" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["same: [a, b]\n", "desing: rct\n", "consensus: none\n", "design: [\n"])
def test_a_fiche_with_a_mistake_is_left_alone(wrong: str, tmp_path: Path) -> None:
    root = read_so(tmp_path, "design: rct", "design: rct", f"key: p1\nstatus: partial\n{wrong}# mine\n")
    before = (root / "sources/fiches/p1.yaml").read_bytes()
    assert not consensus(Run(root), ["p1"])
    assert (root / "sources/fiches/p1.yaml").read_bytes() == before


@pytest.mark.parametrize("text", ["{key: p1, status: partial}\n", "  key: p1\n  status: partial\n"])
def test_a_fiche_that_is_not_written_a_key_a_line_is_left_alone(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = read_so(tmp_path, "design: rct", "design: rct", text)
    assert not consensus(Run(root), ["p1"]) and "consensus-unsafe" in capsys.readouterr().out
    assert (root / "sources/fiches/p1.yaml").read_text("utf-8") == text


def test_an_empty_fiche_is_filled_in_its_place_and_its_comments_stay(tmp_path: Path) -> None:
    fiche = (
        "key: p1\nstatus: todo\n\n# About\ndesign:  # rct, cohort or other\nrisk: ~\nn:\nremarks:  # items\n# the end\n"
    )
    text, data = settle(
        read_so(tmp_path, "design: rct\nn: 3\nremarks: [a, b]", "design: rct\nn: 4\nremarks: [a, b]", fiche)
    )
    assert (
        "# About\ndesign: rct  # rct, cohort or other\nrisk: ~\nn:\nremarks:  # items\n  - a\n  - b\n# the end\n"
        in text
    )
    assert data["decide"] == {"n": {"ana": 3, "bo": 4}}


def test_what_is_written_inside_the_questions_is_not_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = read_so(tmp_path, "design: rct\nn: 3", "design: cohort\nn: 4")
    text, _ = settle(root)
    path = root / "sources/fiches/p1.yaml"
    for was, now in (
        ("    ana: rct", "    ana: rct  # table 2"),
        ("    bo: cohort", "    bo: cohort\n    cy: other"),
        ("    bo: 4", "    bo: 5"),
        ("decide:\n", "decide:  # by Friday\n"),
        ("  n:\n", "  # soon\n  n:\n"),
        ("decide:\n", "decide:\n  aim: {ana: x}\n"),
    ):
        changed = text.replace(was, now, 1)
        assert changed != text
        path.write_text(changed, "utf-8")
        assert not consensus(Run(root), ["p1"]) and "consensus-unsafe" in capsys.readouterr().out, now
        assert path.read_text("utf-8") == changed


def test_comments_at_the_end_and_on_a_field_of_the_programs_stay(tmp_path: Path) -> None:
    root = read_so(tmp_path, "design: rct\nn: 3\naim: A", "design: rct\nn: 3\naim: A")
    text, _ = settle(root)
    path = root / "sources/fiches/p1.yaml"
    path.write_text(
        text.replace("n: 3\n", "n: 3   # checked\n", 1).replace("consensus:", "# before\nconsensus:")
        + "# at the end\n",
        "utf-8",
    )
    (root / "sources/readings/bo/p1.yaml").write_text(
        "key: p1\nstatus: complete\ndesign: other\nn: 5\naim: A\n", "utf-8"
    )
    text, data = settle(root)
    assert "n: 3   # checked\n" in text and "# before\n" in text and "# at the end\n" in text
    assert data["decide"] == {"design": {"ana": "rct", "bo": "other"}}


def test_line_ends_and_a_mark_at_the_beginning_stay(tmp_path: Path) -> None:
    root = read_so(tmp_path, "design: rct", "design: rct")
    path = root / "sources/fiches/p1.yaml"
    path.write_bytes(b"\xef\xbb\xbfkey: p1\r\nstatus: todo\r\n# mine\r\n")
    assert consensus(Run(root), ["p1"])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfkey: p1\r\n") and data.count(b"\n") == data.count(b"\r\n")


def test_a_later_reader_who_differs_makes_the_fiche_partial_again(tmp_path: Path) -> None:
    root = read_so(tmp_path, "design: rct", "design: rct", None)
    path = root / "sources/readings/ana/p1.yaml"
    path.unlink()
    form = root / "sources/form.yaml"
    form.write_text(form.read_text("utf-8").replace("{id: design,", "{id: design, required: true,"), "utf-8")
    _, data = settle(root)
    assert data["status"] == "complete"
    path.write_text("key: p1\nstatus: complete\ndesign: cohort\n", "utf-8")
    _, data = settle(root)
    assert data["status"] == "partial" and data["decide"] == {"design": {"ana": "cohort", "bo": "rct"}}
    fiche = root / "sources/fiches/p1.yaml"
    text = re.sub(r"decide:\n(  .*\n)+", "", fiche.read_text("utf-8")).replace(
        "status: partial", "status: partial\ndesign: rct"
    )
    fiche.write_text(text, "utf-8")
    _, data = settle(root)
    assert data["status"] == "complete" and "decide" not in data


def test_a_question_that_was_taken_away_stays_away_and_a_change_is_told(tmp_path: Path) -> None:
    root = read_so(tmp_path, "remarks: [a b c d]", "remarks: [a b c d, No intention to treat]")
    text, data = settle(root)
    assert data["decide"] == {"remarks": {"ana": [], "bo": ["No intention to treat"]}}
    path = root / "sources/fiches/p1.yaml"
    path.write_text(re.sub(r"# Readers differ.*\ndecide:\n(  .*\n)+", "", text), "utf-8")
    for _ in range(2):
        text, data = settle(root)
        assert "decide" not in data and data["remarks"] == ["a b c d"]
    (root / "sources/readings/bo/p1.yaml").write_text(
        "key: p1\nstatus: complete\nremarks: [a b c d, No blinding]\n", "utf-8"
    )
    (told,) = [each for each in Session(root).problems if each.code == "reading-changed"]
    assert '"bo" has changed remarks' in told.message
    _, data = settle(root)
    assert "decide" not in data and data["remarks"] == ["a b c d"]


def test_what_stands_beside_the_form_is_agreed_in_or_asked(tmp_path: Path) -> None:
    _, data = settle(read_so(tmp_path, "read: whole\nreports: [p3]\ndesign: rct", "read: whole\ndesign: rct", None))
    assert data["read"] == "whole" and data["decide"] == {"reports": {"ana": ["p3"], "bo": None}}


def test_notes_that_are_not_begun_are_not_compared(tmp_path: Path) -> None:
    root = read_so(tmp_path, "design: rct", "design: cohort")
    (root / "sources/readings/bo/p1.yaml").write_text("key: p1\nstatus: todo\ndesign:\n", "utf-8")
    assert not compare(Run(root))
    _, data = settle(root)
    assert data["design"] == "rct" and list(data["consensus"]["readings"]) == ["ana"]


def test_one_who_left_counts_for_what_was_read(tmp_path: Path) -> None:
    made = assigned(["a", "b"], ["ana", "dee"], {"a": ["ana", "bo"], "b": ["ana", "bo"]}, 2, "1", {"a": {"ana", "bo"}})
    assert made == {"a": ["ana", "bo"], "b": ["ana", "bo", "dee"]}


@pytest.mark.parametrize(
    ("readers", "code"), [("[ana, Ana]", "duplicate-id"), ("[a b]", "bad-id"), ("['../x']", "bad-id")]
)
def test_readers_have_initials_that_name_a_folder_each(readers: str, code: str, tmp_path: Path) -> None:
    root = review(tmp_path, {"ana": {}})
    report = root / "sources/report.yaml"
    report.write_text(report.read_text("utf-8").replace("[ana]", readers), "utf-8")
    assert code in {each.code for each in Session(root).problems if each.severity == "error"}


def test_who_is_no_reader_cannot_read_blind_nor_be_given_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = review(tmp_path, {"ana": {}, "bo": {}})
    assert not assign(Run(root), "2", "1", "eve") and not consensus(Run(root), ["nowhere"])
    (root / "sources/readings").mkdir(exist_ok=True)
    (root / "sources/readings/assigned.yaml").write_text("nowhere: [ana, eve]\n", "utf-8")
    assert {each.code for each in Session(root).problems if "assigned" in each.span.file} == {
        "unknown-reading",
        "unknown-reader",
    }
    monkeypatch.setenv(READER, "eve")
    assert "wrong-choice" in {each.code for each in Session(root).problems if each.severity == "error"}
