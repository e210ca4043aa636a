"""biber outside the engine: what a control file or a field could make it do, tried, and what holds it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from synopse.typeset import biber, walls
from synopse.typeset.biber import run_biber
from synopse.typeset.control import refused
from synopse.typeset.engine import start
from tests.typeset.listening import listening

SECRET = "HOSTILE-SECRET"
SOURCE = '<bcf:datasource type="file" datatype="bibtex" glob="false">references.bib</bcf:datasource>'
CONTROL = """<?xml version="1.0" encoding="UTF-8"?>{definition}
<bcf:controlfile version="3.8" bltxversion="3.17" xmlns:bcf="https://sourceforge.net/projects/biblatex">
{parts}
</bcf:controlfile>
"""
PARTS = {
    "a replacement that is Perl": '<bcf:sourcemap><bcf:maps datatype="bibtex" level="user"><bcf:map><bcf:map_step'
    ' map_field_source="title" map_match="(.+)" map_replace="@{[system(q(touch hostile))]}"/></bcf:map></bcf:maps>'
    "</bcf:sourcemap>",
    "a sorting that is Perl": r"<bcf:presort>\{ }.system(q(touch hostile)).q{ \}</bcf:presort>",
    "a field set to Perl": '<bcf:sourcemap><bcf:maps datatype="bibtex"><bcf:map><bcf:map_step map_field_set="presort"'
    r' map_field_value="\{ }.system(q(touch hostile)).q{ \}"/></bcf:map></bcf:maps></bcf:sourcemap>',
    "another file": SOURCE.replace("references.bib", "/etc/passwd"),
    "a file by a pattern": SOURCE.replace('"false">references', '"true">*'),
    "an address": SOURCE.replace('"file"', '"file"').replace("references.bib", "http://127.0.0.1/x.bib"),
    "an option of its own": '<bcf:options component="biber"><bcf:option><bcf:key>output_directory</bcf:key>'
    "<bcf:value>/tmp</bcf:value></bcf:option></bcf:options>",
}


@pytest.mark.parametrize("name", PARTS)
def test_biber_is_not_given_what_could_lead_it_outside(name: str) -> None:
    assert refused(CONTROL.format(definition="", parts=SOURCE + PARTS[name]).encode())


def test_biber_is_given_what_biblatex_writes_by_itself() -> None:
    usual = """<!-- BIBER OPTIONS --><bcf:options component="biber" type="global"><bcf:option type="singlevalued">
    <bcf:key>output_encoding</bcf:key><bcf:value>utf8</bcf:value></bcf:option></bcf:options>
    <bcf:options component="biblatex"><bcf:option><bcf:key>alphaothers</bcf:key><bcf:value>\\textbf{+}</bcf:value></bcf:option>
    </bcf:options><bcf:sourcemap><bcf:maps datatype="bibtex" level="driver"><bcf:map>
    <bcf:map_step map_type_source="conference" map_type_target="inproceedings"/></bcf:map></bcf:maps></bcf:sourcemap>
    <bcf:presort>mm</bcf:presort><bcf:sortitem literal="1" order="2">0</bcf:sortitem>"""
    assert refused(CONTROL.format(definition="", parts=usual + SOURCE).encode()) == ""


def test_biber_is_not_given_a_definition_that_takes_a_file_in() -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    assert refused(CONTROL.format(definition=entity, parts=SOURCE).encode())
    assert refused(b"<bcf:controlfile")


@pytest.fixture(scope="module")
def usual(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A control file as biblatex writes it, and the references."""
    tex = built / "build/tex"
    engine = start(tex, tmp_path_factory.mktemp("control"), "control", draft=True)
    assert engine.wait(300)
    control = engine.made("bcf").read_text("utf-8")
    engine.stop()
    return control, (tex / "references.bib").read_text("utf-8")


def attempts(outside: Path, port: int, control: str, bib: str) -> dict[str, tuple[str, str]]:
    """Each attempt: a control file and references. Two entries are sorted in each, for biber evaluates then."""
    touch = f"system(q(touch {outside}/hostile"
    perl = r"\{{ }}.{}{})).q{{ \}}"
    entity = f'?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{outside}/secret.bib">]>'

    def mapped(step: str) -> str:
        maps = f'<bcf:maps datatype="bibtex" level="user"><bcf:map map_overwrite="1">{step}</bcf:map></bcf:maps>'
        return control.replace("<bcf:sourcemap>", f"<bcf:sourcemap>{maps}", 1)

    def source(name: str) -> str:
        return control.replace(">references.bib<", f">{name}<")

    presort = re.sub(r"\n  title", lambda _: f"\n  presort = {{{perl.format(touch, 5)}}},\n  title", bib)
    return {
        "run by a replacement": (
            mapped(f'<bcf:map_step map_field_source="title" map_match="(.+)" map_replace="@{{[{touch}1))]}}"/>'),
            bib,
        ),
        "write by a replacement": (
            mapped(
                '<bcf:map_step map_field_source="title" map_match="(.+)" '
                f'map_replace="@{{[do {{ open(my $f, q(>), q({outside}/hostile2)); print $f 1 }}]}}"/>'
            ),
            bib,
        ),
        "read by a replacement": (
            mapped(
                '<bcf:map_step map_field_source="title" map_match="(.+)" '
                f'map_replace="@{{[do {{ open(my $f, q(&lt;), q({outside}/secret.bib)); &lt;$f> }}]}}"/>'
            ),
            bib,
        ),
        "run by a field that is set": (
            mapped(f'<bcf:map_step map_field_set="presort" map_field_value="{perl.format(touch, 3)}"/>'),
            bib,
        ),
        "run by a sorting": (control.replace("<bcf:presort>mm<", f"<bcf:presort>{perl.format(touch, 4)}<"), bib),
        "run by a .bib field": (control, presort),
        "read another file": (source(f"{outside}/secret.bib"), bib),
        "read by a definition": (source("&e;").replace("?>", entity, 1), bib),
        "reach the network": (source(f"http://127.0.0.1:{port}/x.bib"), bib),
    }


@pytest.mark.slow
@pytest.mark.parametrize("wall", ["kernel", "control", "none"])
def test_biber_reads_writes_and_runs_nothing_outside_whatever_it_is_given(
    wall: str, usual: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the kernel's wall, and without it, where what biber would take for Perl is not given to it at all.

    Without either they come through: the attempts are real ones.
    """
    if wall == "kernel" and not walls.version():
        pytest.skip("this kernel has no Landlock")
    there = walls.version()
    monkeypatch.setattr(walls, "version", lambda: there if wall == "kernel" else 0)
    if wall == "none":
        monkeypatch.setattr(biber, "refused", lambda bcf: "")
    outside = tmp_path / "outside"
    secret = f"@misc{{tie2025posttraining, title = {{{SECRET}}}}}\n"
    through = []
    with listening() as (port, calls):
        for name, (control, bib) in attempts(outside, port, *usual).items():
            tex, run = tmp_path / "tex", tmp_path / "run"
            for folder in (outside, tex, run):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
            (outside / "secret.bib").write_text(secret)
            (tex / "references.bib").write_text(bib, "utf-8")
            (run / "report.bcf").write_text(control, "utf-8")
            lines = run_biber(tex, run, "report", 0)
            made = "".join(path.read_text("utf-8", "replace") for path in run.glob("*.bbl"))
            harmed = bool(list(outside.glob("hostile*")) or calls or SECRET in made + "".join(lines))
            if harmed:
                through.append(name)
            calls.clear()
            print(f"  {name:<30} {'CAME THROUGH' if harmed else wall}: {lines[:1]}")
    if wall == "none":
        assert len(through) >= 5, through  # six with biber 2.18 and 2.20, five with 2.22
    elif wall == "control":
        assert set(through) <= {"run by a .bib field"}  # the writer of references.bib lets none through: test_hostile
    else:
        assert through == []
