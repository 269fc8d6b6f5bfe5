"""`edgewise export --to handout-…`: where hand-outs go, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edgewise.explorer.cli.export import NAMES, Destination, ExportFormat
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.sheet import handout_pdf, handout_svg
from edgewise.explorer.handout.slide import slide_png, slide_svg
from edgewise.graph import library
from tests.explorer.calls import SMALL, refused, run


@pytest.mark.parametrize("to", ["pdf", "handout-pdf"])
def test_export_gives_the_pdf_byte_for_byte_to_a_pipe_and_to_a_file(to, tmp_path):
    file = tmp_path / "page.pdf"
    assert run("export", SMALL, "--to", to, "--output", str(file)).stdout_bytes == b""
    assert file.read_bytes() == run("export", SMALL, "--to", to).stdout_bytes == handout_pdf(library.load(SMALL).guideline)


def test_export_gives_the_svg_for_the_paper_that_was_named():
    for named, paper in (((), Paper.a4), (("--paper", "Letter"), Paper.letter)):
        assert run("export", SMALL, "--to", "svg", *named).stdout == handout_svg(library.load(SMALL).guideline, paper) + "\n"


def test_export_gives_the_html_file(tmp_path):
    file = tmp_path / "page.html"
    run("export", SMALL, "--to", "handout-html", "-o", str(file))
    assert file.read_text("utf-8").lower().startswith("<!doctype html")
    assert file.read_bytes() == run("export", SMALL, "--to", "html").stdout_bytes


def test_export_gives_the_slide_as_svg_and_as_a_picture(tmp_path):
    guideline = library.load(SMALL).guideline
    assert run("export", SMALL, "--to", "slide").stdout == slide_svg(guideline) + "\n"
    file = tmp_path / "slide.png"
    run("export", SMALL, "--to", "handout-png", "-o", str(file))
    assert file.read_bytes() == slide_png(guideline) == run("export", SMALL, "--to", "png").stdout_bytes


def test_export_knows_every_hand_out_by_its_long_and_short_name():
    kinds = ["pdf", "svg", "html", "slide", "png"]
    assert list(Destination) == [*ExportFormat, *(f"handout-{kind}" for kind in kinds), *kinds]
    assert set(Destination) == {*ExportFormat, *NAMES}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("turtle", "--paper", "a4"), "turtle is RDF and has no paper; leave --paper out"),
        (("pdf", "--ledger", "sign.sqlite"), "a hand-out holds no sign-offs; leave --ledger out"),
        (("handout-html", "--paper", "letter"), "the HTML hand-out has no paper; leave --paper out"),
        (("handout-html", "--facts", "f.yaml"), "the HTML hand-out is for all patients; leave --facts out"),
        (("turtle", "--facts", "f.yaml"), "turtle is RDF and knows no patient; leave --facts out"),
        (("slide", "--paper", "a4"), "a slide has no paper; leave --paper out"),
        (("handout-png", "--paper", "a4"), "a slide has no paper; leave --paper out"),
    ],
)
def test_options_that_do_not_go_with_the_format_are_refused(arguments, told):
    assert told in refused("export", SMALL, "--to", *arguments)[0]


def test_a_paper_that_nobody_knows_is_refused():
    done = run("export", SMALL, "--to", "pdf", "--paper", "a5")
    assert (done.exit_code, "a4" in done.stderr, done.stdout) == (2, True, "")


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_file_that_is_no_text_is_not_sent_to_a_terminal(kind):
    pty = pytest.importorskip("pty")
    shown, terminal = pty.openpty()
    command = [sys.executable, "-m", "edgewise", "export", SMALL, "--to", kind]
    done = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, text=True, check=False)
    os.close(terminal)
    os.close(shown)
    assert (done.returncode, "is nothing for a terminal; name a file with --output" in done.stderr) == (2, True)


def test_a_hand_out_is_never_written_over_the_guideline_and_a_failure_leaves_the_old_file(tmp_path):
    file = tmp_path / "guideline.yaml"
    file.write_bytes(Path(SMALL).read_bytes())
    assert "is the guideline itself" in refused("export", str(file), "--to", "pdf", "-o", str(file))[0]
    assert file.read_bytes() == Path(SMALL).read_bytes()
    assert "is a folder" in refused("export", SMALL, "--to", "pdf", "-o", str(tmp_path))[0]
    assert list(tmp_path.iterdir()) == [file]
