"""What a PDF file of ours says and how it is set: enough of a reader for tests, since none is at hand.

It knows what Typst writes: objects in plain sight, content in Flate streams, fonts with a map to Unicode.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_SHOWN = re.compile(rb"/(\w+) ([\d.]+) Tf|(?<=[\[\s])<([0-9A-Fa-f]+)>|\(")
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Read:
    """A PDF file: its words without any white space, the sizes of its type in points, how many pages it has."""

    words: str
    sizes: frozenset[float]
    pages: int

    def says(self, text: str) -> bool:
        return "".join(text.split()) in self.words


def read(file: bytes) -> Read:
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(file)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    words, sizes = "", set()
    for page in pages:
        more, used = _shown(_content(_of(page, rb"Contents", objects)), _fonts(_of(page, rb"Resources", objects), objects))
        words += more
        sizes |= used
    return Read("".join(words.split()).replace("\u200b", ""), frozenset(sizes), len(pages))


def _of(page: bytes, key: bytes, objects: dict[int, bytes]) -> bytes:
    link = re.search(rb"/" + key + rb" (\d+) 0 R", page)
    return objects[int(link[1])] if link else page


def _fonts(resources: bytes, objects: dict[int, bytes]) -> dict[bytes, dict[bytes, str]]:
    """Every page names its fonts anew."""
    found = {}
    for names in re.findall(rb"/Font<<(.*?)>>", resources, re.DOTALL):
        for name, number in re.findall(rb"/(\w+) (\d+) 0 R", names):
            link = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
            assert link, "a font without a map to Unicode: its text cannot be copied"
            found[name] = _letters(_content(objects[int(link[1])]))
    return found


def _letters(cmap: bytes) -> dict[bytes, str]:
    pairs = [
        pair for part in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL) for pair in re.findall(rb"<(\w+)>\s*<(\w+)>", part)
    ]
    return {bytes.fromhex(code.decode()): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in pairs}


def _content(body: bytes) -> bytes:
    head, begun, rest = body.partition(b"stream\n")
    length = re.search(rb"/Length (\d+)", head)
    if not begun or not length:
        return b""
    stream = rest[: int(length[1])]
    return zlib.decompress(stream) if b"FlateDecode" in head else stream


def _shown(content: bytes, fonts: dict[bytes, dict[bytes, str]]) -> tuple[str, set[float]]:
    words, sizes, letters, at = "", set(), {}, 0
    while match := _SHOWN.search(content, at):
        at = match.end()
        if match[1]:
            letters = fonts[match[1]]
            sizes.add(float(match[2]))
        elif match[3]:
            words += _spelt(bytes.fromhex(match[3].decode()), letters)
        else:
            at = _end(content, at)
            words += _spelt(_unescaped(content[match.end() : at - 1]), letters)
    return words, sizes


def _spelt(codes: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(codes[i : i + 2], "") for i in range(0, len(codes), 2))


def _end(content: bytes, at: int) -> int:
    """Where a string ends that begins before `at`: pairs of brackets in it need no escape."""
    depth = 1
    for match in re.compile(rb"\\.|[()]", re.DOTALL).finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    raise ValueError("a string without an end")


def _unescaped(text: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if code.isdigit() else _NAMED.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, text, flags=re.DOTALL)
