"""Where a command may write."""

from __future__ import annotations

from pathlib import Path

from edgewise.explorer.cli.exits import Refused


def writable(output: Path, guideline: str, *others: str) -> Path:
    """The path, unless writing there would destroy something that the command itself reads.

    Raises:
        Refused: a folder, a device or a pipe, or one of the inputs.
    """
    if output.is_dir():
        raise Refused(f"{output} is a folder; name a file in it with --output")
    if output.exists() and not output.is_file():
        raise Refused(f"{output} is a device or a pipe; leave --output out and redirect standard output instead")
    cases = [str(Path(guideline).with_name("cases.yaml"))] if guideline else []
    for read in (guideline, *others, *cases):
        if output.exists() and Path(read).exists() and output.samefile(read):
            what = "the guideline itself" if read == guideline else "its cases" if read in cases else "what this command reads"
            raise Refused(f"{output} is {what}; name another file with --output")
    return output
