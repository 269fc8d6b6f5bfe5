"""Where a SPARQL server is asked and where graphs are written, by the one URL that names the library; and who asks."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

from edgewise.graph.stores.errors import refuse

USER, PASSWORD, TOKEN = "EDGEWISE_SPARQL_USER", "EDGEWISE_SPARQL_PASSWORD", "EDGEWISE_SPARQL_TOKEN"  # names
"""The environment variables that hold credentials: they are never part of a URL, a file or a message."""
_REPOSITORY = re.compile(r"(/.*)?/repositories/[^/]+")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of a server.

    Attributes:
        url: names the library.
        query: where questions are put, as SPARQL 1.1 Protocol says.
        data: where graphs are put and deleted, as SPARQL 1.1 Graph Store Protocol says.
        user, password, token: credentials; empty where none are set.
    """

    url: str
    query: str
    data: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def endpoints(url: str, environment: Mapping[str, str] = os.environ) -> Endpoints:
    """The addresses of the server that a URL names.

    A URL that ends in /query is Oxigraph's (graphs go to /store), one in /sparql Virtuoso's (to /sparql-graph-crud-auth), one in
    /repositories/NAME GraphDB's or RDF4J's. Of any other server, #data=ADDRESS behind the URL says where graphs go.

    Raises:
        StoreError: it holds a password, or says no place for graphs, or credentials would go over an open line.

    >>> endpoints("http://127.0.0.1:7878/query", {}).data, endpoints("http://127.0.0.1/ds/sparql#data=/ds/data", {}).data
    ('http://127.0.0.1:7878/store', 'http://127.0.0.1/ds/data')
    """
    parts, shown = _parts(url)
    query = urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
    data = urljoin(query, parse_qs(parts.fragment).get("data", [""])[0] or _data_path(parts.path, shown, known=bool(user or token)))
    if urlsplit(data)[:2] != (parts.scheme, parts.netloc):
        raise refuse(
            "address", "graphs would go to another server than questions", "name an address on the same server behind #data=", shown
        )
    if (user or token) and parts.scheme == "http" and not _is_near(parts.hostname or ""):
        raise refuse("open-line", "the credentials would go over an open line", "use https://", shown)
    return Endpoints(shown, query, data, user, password, token)


def _parts(url: str) -> tuple[Any, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refuse("address", f"this is no URL: {error}", "write http(s)://HOST/PATH", re.sub("//.*@", "//…@", url)) from None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    shown = urlunsplit((parts.scheme, host + (f":{port}" if port else ""), parts.path, parts.query, parts.fragment))
    if "@" in parts.netloc:
        raise refuse("address", "credentials have no place in a URL, which gets shown", f"set {USER} and {PASSWORD}, or {TOKEN}", shown)
    if not host or not url.isascii() or any(sign in url for sign in ' <>"{}|\\^`\0\n\r\t'):
        raise refuse("address", "this is no URL of a server", "write http(s)://HOST/PATH", shown)
    return parts, shown


def _data_path(path: str, shown: str, *, known: bool) -> str:
    if path == "/sparql":
        return "/sparql-graph-crud-auth" if known else "/sparql-graph-crud"
    if path.endswith("/query"):
        return path.removesuffix("query") + "store"
    if _REPOSITORY.fullmatch(path):
        return f"{path}/rdf-graphs/service"
    message = "where this server takes graphs cannot be told from its URL"
    raise refuse("address", message, f"add it behind the URL, such as {shown.partition('#')[0]}#data=/dataset/data", shown)


def _is_near(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
