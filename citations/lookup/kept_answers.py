"""What earlier look-ups found out, taken from the answers kept on disk; nothing is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edgewise.citations.lookup.client import Client
from edgewise.citations.lookup.resolve import resolve
from edgewise.citations.lookup.settings import LookupSettings
from edgewise.citations.lookup.web_links import Links
from edgewise.citations.lookup.works import Resolution
from edgewise.graph.model import Guideline


def kept_answers(guideline: Guideline, cache: Path) -> dict[str, Resolution]:
    """Answers by the id of the reference; of a reference that was never looked up there is none.

    Args:
        guideline: whose references are meant.
        cache: folder of the kept answers; it need not exist.

    >>> from edgewise.graph.library import load
    >>> kept_answers(load("sacroiliac-sclerosis").guideline, Path("nowhere"))
    {}
    """
    found = list(resolutions(guideline, cache).values())
    if all(link.status == "unchecked" for one in found for link in one.links):
        found = [replace(one, links=()) for one in found]  # nobody ever asked for links
    return {one.reference: one for one in found if one.is_known}


def resolutions(guideline: Guideline, cache: Path) -> dict[str, Resolution]:
    """What is kept of every reference, by its id; one that was never looked up is unchecked.

    Args:
        guideline: whose references are meant.
        cache: folder of the kept answers; it need not exist.

    >>> from edgewise.graph.library import load
    >>> {one.status for one in resolutions(load("sacroiliac-sclerosis").guideline, Path("nowhere")).values()}
    {'unchecked'}
    """
    settings = LookupSettings(offline=True, cache=cache)
    with Client(settings) as client, Links(settings) as links:
        return {one.id: resolve(one, client, links=links) for one in guideline.references.values()}
