"""Words of a guideline are data. Here they become safe to hand to Streamlit, as Markdown or as HTML, without changing how they read."""

from __future__ import annotations

import html
import re

from edgewise.explorer.drawing.lettering import clean

_REVIEW = {
    "draft": "draft, still being written",
    "pending": "pending human review",
    "submitted": "submitted for human review",
    "under-review": "under human review",
    "approved": "reviewed and approved",
}
REVIEW = tuple(_REVIEW)
"""How far people may have reviewed a guideline, from the first to the last."""

# A backslash before any of these is Markdown's own way of saying "this very character" (CommonMark, section 2.4). No more than needed:
# Streamlit reads labels out as they are, backslashes included. The last group opens lists, headings and rules at the start of a line alone.
_MARKUP = re.compile(r"""[\\`*_\[\]<>$~&|]|^[#+=-]""")
_NUMBERED = re.compile(r"^(\d+)([.)])")
# Some of Streamlit's rules look at the text after Markdown was read, so that no backslash keeps them off: addresses that become links,
# `:emoji:`, `:material/icon:`, arrows. A word joiner, which has no width, breaks their patterns and nothing else.
_JOINER = "\u2060"
_LATE = re.compile(r"(?<=:)(?=[\w+/-])|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=\w)(?=@)|(?<=[<>~-])(?=[->=])", re.IGNORECASE)


def plain(text: object) -> str:
    r"""Text for a place that reads Markdown (labels, `st.markdown`), so that it shows as it is written: no markup, link, image or icon.

    >>> plain("relief of 80-90 % *each*")
    'relief of 80-90 % \\*each\\*'
    >>> plain("![x](https)"), plain("- no list")
    ('!\\[x\\](https)', '\\- no list')
    """
    line = _LATE.sub(_JOINER, clean(str(text)))
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(lambda match: "\\" + match.group(), line))


def escaped(text: object) -> str:
    """Text for `st.html`, inside an element or a quoted attribute.

    >>> escaped("<script>alert('1')</script>")
    '&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;'
    """
    return html.escape(clean(str(text)), quote=True)


def review_in_words(status: str) -> str:
    """How far people have reviewed a guideline.

    >>> review_in_words("under-review"), review_in_words("withdrawn")
    ('under human review', 'withdrawn')
    """
    return _REVIEW.get(status, status)


def cut_words(text: str, longest: int) -> str:
    """A text for a place where room is short, cut between two words.

    >>> cut_words("relief of the pain", 12), cut_words("relief", 12)
    ('relief of …', 'relief')
    """
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0].rstrip(",;") + " …"


def capital(text: str) -> str:
    """A text as the beginning of a sentence; a word that is spelt with a capital within, as its source spells it, is left so.

    >>> capital("no relief"), capital("eGFR below 30"), capital("pH at most 7.2"), capital("")
    ('No relief', 'eGFR below 30', 'pH at most 7.2', '')
    """
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if first[1:] != first[1:].lower() else text[:1].upper() + text[1:]
