"""Dataclasses as JSON and back, by the types of their fields: what comes back is of these types, or it is refused.

Written out by hand because the forms at hand need less than a library's import would cost: fields in their order, and the class's name
where it could be one of several.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar

T = TypeVar("T")
Decoder = Callable[[Any], Any]


class Damaged(ValueError):
    """The bytes are not what `encode` makes of this type."""


def encode(value: object) -> bytes:
    """A value as JSON.

    >>> from edgewise.graph.model import Marker
    >>> encode({"m": Marker("m", "[7]")})
    b'{"m":["Marker","m","[7]","",""]}'
    """
    return json.dumps(_plain(value), separators=(",", ":")).encode("ascii")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value))]
    raise TypeError(f"{type(value).__name__} cannot be kept")


def decode(data: bytes, kind: type[T]) -> T:
    """The value of that type.

    Raises:
        Damaged: they hold anything else.

    >>> from edgewise.graph.model import Marker
    >>> decode(b'["Marker","m","[7]","",""]', Marker)
    Marker(id='m', printed='[7]', entry='', note='')
    >>> decode(b'["Marker","m",7,"",""]', Marker)
    Traceback (most recent call last):
        ...
    edgewise.graph.compiled.codec.Damaged: 7 is no str
    """
    try:
        made: T = _decoder(_any(kind))(json.loads(data))
    except Damaged:
        raise
    except (ValueError, TypeError, RecursionError, InvalidOperation) as error:
        raise Damaged(str(error)) from None
    return made


@cache
def _decoder(kind: Any) -> Decoder:
    """What makes a value of that type."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, UnionType):
        return _one_of(parts)
    if origin is typing.Literal:
        return _listed(parts)
    if origin is tuple:
        return _sequence(parts)
    if origin is not None:
        return _mapping(parts[1])
    if is_dataclass(kind):
        return _record(kind, tuple(field.name for field in fields(kind)), named=True)
    if issubclass(kind, tuple):
        return _record(kind, kind._fields, named=False)  # a NamedTuple
    return _decimal if kind is Decimal else _exactly(kind)


def _any(kind: Any) -> Any:
    """The type itself, which mypy takes for more than it is."""
    return kind


def _exactly(kind: type) -> Decoder:
    def decoded(data: Any) -> Any:
        if type(data) is not kind:
            raise Damaged(f"{data!r:.40} is no {kind.__name__}")
        return data

    return decoded


def _decimal(data: Any) -> Decimal:
    return Decimal(_exactly(str)(data))


def _listed(values: tuple[Any, ...]) -> Decoder:
    def decoded(data: Any) -> Any:
        if data not in values:
            raise Damaged(f"{data!r:.40} is not listed")
        return data

    return decoded


def _sequence(parts: tuple[Any, ...]) -> Decoder:
    if parts[-1] is Ellipsis:
        one = _decoder(parts[0])
        return lambda data: tuple(map(one, _list(data)))
    each = [_decoder(part) for part in parts]
    return lambda data: tuple(part(value) for part, value in zip(each, _list(data), strict=True))


def _mapping(kind: Any) -> Decoder:
    one, mapping = _decoder(kind), _exactly(dict)
    return lambda data: {key: one(value) for key, value in mapping(data).items()}


def _record(kind: Any, names: tuple[str, ...], *, named: bool) -> Decoder:
    parts: list[Decoder] = []

    def decoded(data: Any) -> Any:
        if not parts:  # not before it is needed: a criterion may hold criteria
            types = typing.get_type_hints(kind)
            parts.extend(_decoder(types[name]) for name in names)
        values = _list(data)
        if named:
            if not values or values[0] != kind.__name__:
                raise Damaged(f"{values!r:.40} is no {kind.__name__}")
            values = values[1:]
        return kind(**{name: part(value) for name, part, value in zip(names, parts, values, strict=True)})

    return decoded


def _one_of(kinds: tuple[Any, ...]) -> Decoder:
    """None, one plain type (or listed values, however they are grouped), or dataclasses told by their names."""
    records = {_any(kind).__name__: _decoder(_any(kind)) for kind in kinds if is_dataclass(kind)}
    literals = tuple(value for kind in kinds if typing.get_origin(kind) is typing.Literal for value in typing.get_args(kind))
    rest = (kind for kind in kinds if kind is not NoneType and not is_dataclass(kind) and typing.get_origin(kind) is not typing.Literal)
    plain = [*map(_decoder, rest), *([_listed(literals)] if literals else [])]

    def decoded(data: Any) -> Any:
        if data is None and NoneType in kinds:
            return None
        if records and isinstance(data, list) and data and data[0] in records:
            return records[data[0]](data)
        if len(plain) != 1:
            raise Damaged(f"{data!r:.40} is none of them")
        return plain[0](data)

    return decoded


def _list(data: Any) -> list[Any]:
    listed: list[Any] = _exactly(list)(data)
    return listed
