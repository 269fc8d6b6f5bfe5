"""Who signs: the name of the login where one is set up, and then only listed editors; else a name that is taken on trust."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from edgewise.explorer.environment import EDITORS

NAME = "editor"
"""Where the session keeps a name that is taken on trust."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Who is at the keyboard.

    Attributes:
        name: as the ledger will hold it; empty where it is not known yet, or may not sign.
        on_trust: no login is set up, so that anybody may give any name.
        refusal: why this reader may not sign, in plain words; empty where nothing stands against it.
        providers: names of the logins that can be offered to somebody who is not logged in; an empty name is the only one.
    """

    name: str = ""
    on_trust: bool = False
    refusal: str = ""
    providers: tuple[str, ...] = ()


def editor() -> Editor:
    """Who is at the keyboard now; asked again before every entry, never remembered."""
    secrets = _secrets()
    if secrets is None:  # a file that cannot be read may hold a login: nobody signs rather than everybody
        return Editor(refusal="Nobody can sign now: the file with the secrets of this explorer cannot be read. Mend it and start again.")
    if not isinstance(secrets.get("auth"), Mapping):
        return Editor(name=str(st.session_state.get(NAME, "")), on_trust=True)
    return of_login(_user(), listed(secrets.get("editors", ()), os.environ.get(EDITORS, "")), _providers(secrets["auth"]))


def of_login(user: Mapping[str, Any], editors: frozenset[str], providers: tuple[str, ...] = ("",)) -> Editor:
    """Who a login says it is.

    Args:
        user: claims of the login, as `st.user` gives them.
        editors: e-mail addresses of those who may sign, folded.
        providers: the logins there are.

    >>> of_login({"is_logged_in": True, "email": "Ann@x.org", "name": "Ann Lee"}, frozenset({"ann@x.org"})).name
    'Ann Lee (ann@x.org)'
    >>> of_login({"is_logged_in": True, "email": "eve@x.org"}, frozenset({"ann@x.org"})).refusal
    'eve@x.org is not listed among the editors, who alone sign here.'
    """
    if not user.get("is_logged_in"):
        return Editor(refusal="Log in to sign.", providers=providers)
    address = str(user.get("email") or "").strip().casefold()
    if not address or str(user.get("email_verified", True)).casefold() == "false":
        return Editor(refusal="Your login gives no confirmed e-mail address, by which editors are listed here.")
    if not editors:
        return Editor(refusal=f"Nobody is listed as an editor yet: whoever runs this explorer names them in {EDITORS}.")
    if address not in editors:
        return Editor(refusal=f"{address} is not listed among the editors, who alone sign here.")
    name = " ".join(str(user.get("name") or "").split())[:100]
    return Editor(name=f"{name} ({address})" if name else address)


def listed(secret: object, setting: str) -> frozenset[str]:
    """The editors' addresses, out of the secrets and of the environment together.

    >>> sorted(listed(["Ann@x.org"], "bob@x.org, ,"))
    ['ann@x.org', 'bob@x.org']
    """
    named = [secret] if isinstance(secret, str) else list(secret) if isinstance(secret, list | tuple) else []
    return frozenset(one.strip().casefold() for one in (*map(str, named), *setting.split(",")) if one.strip())


def _secrets() -> Mapping[str, Any] | None:
    """The explorer's secrets; empty where there are none, None where they cannot be read."""
    try:
        return st.secrets.to_dict()
    except StreamlitSecretNotFoundError:
        return None if any(Path(path).exists() for path in st.config.get_option("secrets.files")) else {}
    except (OSError, UnicodeError, ValueError):
        return None


def _user() -> Mapping[str, Any]:
    return st.user.to_dict()


def _providers(auth: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, held in auth.items() if isinstance(held, Mapping)) or ("",)
