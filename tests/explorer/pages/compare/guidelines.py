"""Two guidelines that differ in known places, as files for the Compare page."""

from __future__ import annotations

import subprocess
from pathlib import Path

from edgewise.graph.shelf import find

SI = "sacroiliac-sclerosis"
LOWER = ("      atLeast: 80\n      atMost: 90\n", "      atLeast: 75\n      atMost: 90\n")
"""Cooled RFA from 75 % relief on, and not from 80 % on."""
OTHER = (f"id: {SI}", "id: si-other")


def preferring(spine: int, joints: int) -> tuple[str, str]:
    """Both first X-rays as alternatives, of these ranks, and of which that of the spine goes first where inflammation is suspected."""
    when = "when: {observable: inflammatory-suspicion, is: yes}"
    either = f"choose: [{{step: xray-spine, rank: {spine}, {when}}}, {{step: xray-si-joints, rank: {joints}}}]"
    return "\nobservables:\n", f"\nalternatives:\n  - id: which-xray\n    label: Which X-ray\n    {either}\n\nobservables:\n"


def written(file: Path, *swaps: tuple[str, str]) -> Path:
    """The shipped guideline with some text swapped."""
    text = find(SI).read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1) if old.startswith("id: ") else text.replace(old, new)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def committed(folder: Path, *versions: tuple[tuple[str, str], ...]) -> Path:
    """A repository in which each version is a commit; the last is what stands there."""
    file = folder / "guideline.yaml"
    for number, swaps in enumerate(versions):
        written(file, *swaps)
        if number == 0:
            git(folder, "init", "-q")
        git(folder, "add", "guideline.yaml")
        git(folder, "commit", "-q", "-m", f"Version {number}")
    return file


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)
