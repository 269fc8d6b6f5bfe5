"""How Streamlit is to run: what `edgewise explore` passes on, and ``.streamlit/config.toml`` repeats for `streamlit run`."""

from __future__ import annotations

from typing import Literal

from edgewise.explorer.drawing.palette import INKS

_COLOURS = {
    "primaryColor": "brand",
    "textColor": "text",
    "backgroundColor": "page",
    "secondaryBackgroundColor": "band",
    "borderColor": "edge",
    "linkColor": "link",
}


def _colours(scheme: Literal["light", "dark"]) -> dict[str, str]:
    """One of the two themes: with both named and no base, Streamlit follows the system until the reader chooses, and keeps the choice."""
    colours = {name: getattr(INKS[ink], scheme) for name, ink in _COLOURS.items()}
    return {f"theme.{scheme}.{name}": value for name, value in {**colours, "showWidgetBorder": "true"}.items()}


OPTIONS: dict[str, str] = {
    "browser.gatherUsageStats": "false",  # nothing leaves the machine
    "server.address": "localhost",  # for this machine alone; without it Streamlit also asks the internet for the machine's address
    "server.fileWatcherType": "none",
    "runner.magicEnabled": "false",  # a lone text in app.py would be shown on every page
    "runner.postScriptGC": "false",  # Python collects when it is due; after every click it takes longer than the click
    "server.showEmailPrompt": "false",
    "client.toolbarMode": "viewer",  # its menu, which is out of sight, holds the switch between light and dark: shell/copy_link.js
    "client.showErrorLinks": "false",  # no reader's question goes to a search engine
    "client.showErrorDetails": "none",  # a traceback is for the log, not for the reader
    "theme.baseFontSize": "14",
    "theme.baseRadius": "8px",
    **_colours("light"),
    **_colours("dark"),
}
"""Option → value, as text: ``--browser.gatherUsageStats=false`` and so on."""
