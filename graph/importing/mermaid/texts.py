"""Texts of a Mermaid chart as a reader sees them: without quotes, Markdown, HTML for looks, icons and codes for signs."""

from __future__ import annotations

import html
import re

_LOOKS = re.compile(
    r"</?(?:b|i|u|s|strong|em|sub|sup|small|big|span|font|center|div|p|code|tt|mark|a|ul|ol|li|hr)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
_ICON = re.compile(r"\bfa[bsrlkd]?:fa-[\w-]+")
_CODE = re.compile(r"#(\d{1,7}|[A-Za-z]\w{1,30});")
_MARKDOWN = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")


def shown(text: str) -> str:
    """A text as it is drawn, on one line.

    >>> shown('"INR #gt; 1.5 #amp; <b>bleeding</b>"'), shown('"`**Stop** _all_`"'), shown("fa:fa-ban Stop<br/>now")
    ('INR > 1.5 & bleeding', 'Stop all', 'Stop now')
    """
    said = text.strip()
    if len(said) > 1 and said[0] == said[-1] == '"':
        said = said[1:-1].strip()
    if len(said) > 1 and said[0] == said[-1] == "`":
        said = _MARKDOWN.sub(r"\2", _MARKDOWN.sub(r"\2", said[1:-1]))
    said = _LOOKS.sub("", _BREAK.sub(" ", _ICON.sub("", said)))
    return " ".join(html.unescape(_CODE.sub(_sign, said)).split())


def _sign(found: re.Match[str]) -> str:
    return f"&#{found[1]};" if found[1].isdigit() else f"&{found[1]};"
