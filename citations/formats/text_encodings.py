"""Bytes as text: what a byte-order mark, the user or UTF-8 itself says; anything else is refused with the encoding that it looks like."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096
_MOSTLY = 0.3  # of the first bytes: text in Latin letters has a zero for every letter in UTF-16


class UndecodableText(ValueError):
    """Bytes that are no text in the encoding they should be in.

    Attributes:
        why: what is wrong.
        place: of the first byte that does not fit.
        repair: what to do.
    """

    def __init__(self, why: str, place: int, repair: str) -> None:
        super().__init__(why)
        self.why, self.place, self.repair = why, place, repair


def text_of(data: bytes, encoding: str = "") -> str:
    r"""The text, without byte-order mark.

    Args:
        data: the file.
        encoding: its name, such as ``windows-1252``; else a byte-order mark tells, and without one it is UTF-8.

    Raises:
        UndecodableText: it is no text in that encoding, or there is no such encoding.

    >>> text_of("é".encode("utf-16")), text_of(b"\xe9", "windows-1252")
    ('é', 'é')
    >>> try: text_of(b"caf\xe9")
    ... except UndecodableText as error: print(error.why, "|", error.repair)
    byte 4 (0xe9) is not UTF-8 text | save it as UTF-8, or name its encoding, as it seems: --encoding windows-1252
    """
    name = encoding or next((known for mark, known in _MARKS if data.startswith(mark)), "")
    if not name and (wide := _wide(data)):
        raise UndecodableText("this is not UTF-8 text, nor marked as any other", 0, _repair(wide))
    if not name and b"\x00" in data[:_LOOKED_AT]:
        raise UndecodableText("this is not a text file", data.index(b"\x00"), "check that it is the right file")
    try:
        return data.decode(name or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        why = f"byte {error.start + 1} (0x{data[error.start]:02x}) is not {(name or 'utf-8').upper()} text"
        raise UndecodableText(
            why, error.start, _repair(_narrow(data)) if not name else "name another encoding, or save it as UTF-8"
        ) from None
    except (LookupError, ValueError, TypeError):
        why = f"there is no encoding of text called '{encoding[:40]}'"
        raise UndecodableText(why, 0, "name one such as utf-8, utf-16, windows-1252, windows-1250 or latin-1") from None


def _repair(encoding: str) -> str:
    return f"save it as UTF-8, or name its encoding, as it seems: --encoding {encoding}"


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, by the zeros in every other byte."""
    head = data[:_LOOKED_AT]
    zeros = [head[start::2].count(0) for start in (0, 1)]
    if max(zeros) < _MOSTLY * len(head) / 2 or min(zeros) > 0.05 * len(head):
        return ""
    name = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = head.decode(name, "replace")
    return name if sum(sign.isprintable() or sign.isspace() for sign in text) > 0.9 * len(text) else ""


def _narrow(data: bytes) -> str:
    """Windows-1252 is a wider Latin-1, but for five bytes that it leaves undefined."""
    return "latin-1" if any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")) else "windows-1252"
