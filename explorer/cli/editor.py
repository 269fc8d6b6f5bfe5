"""The commands of an editor beside the audit: reading an article, looking up, signing, what-if, reference lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edgewise.explorer.cli.article import article
from edgewise.explorer.cli.impact import impact
from edgewise.explorer.cli.references import references
from edgewise.explorer.cli.resolve import resolve
from edgewise.explorer.cli.sign import sign

Register = Callable[..., Callable[[Callable[..., int]], Any]]


def register(command: Register) -> None:
    """Add the commands with the decorator of `edgewise.explorer.cli.command`."""
    command("Show what is read of an article's citations.")(article)
    command("Look references up at Crossref and PubMed.")(resolve)
    command("Sign citations off; show what is signed.")(sign)
    command("Show what falls if references fall.")(impact)
    command("Write or read a reference list.")(references)
