"""Invented lists in the layout of Retraction Watch."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

COLUMNS = (
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS", "ArticleType", "RetractionDate",
    "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate", "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason",
    "Paywalled", "Notes",
)  # fmt: skip


def row(
    *,
    doi: str = "",
    pmid: str = "0",
    title: str = 'Invented belts, "tight" and loose',
    nature: str = "Retraction",
    day: str = "4/1/2019 0:00",
    notice: str = "10.5555/notice",
    reason: str = "+Error in Data;",
) -> dict[str, str]:
    """A row with what a test says of it."""
    return {
        "Record ID": "1",
        "Title": title,
        "Author": "Ada Example;Bob Invented",
        "RetractionDate": day,
        "RetractionDOI": notice,
        "RetractionPubMedID": "0",
        "OriginalPaperDate": "5/2/2016 0:00",
        "OriginalPaperDOI": doi,
        "OriginalPaperPubMedID": pmid,
        "RetractionNature": nature,
        "Reason": reason,
        "Paywalled": "No",
        "Notes": "two\nlines",
    }


def written(file: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """The file of such a list."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        list_ = csv.DictWriter(opened, COLUMNS, restval="")
        list_.writeheader()
        list_.writerows(rows)
    return file
