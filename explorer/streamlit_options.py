"""How Streamlit is to run: what `edgewise explore` passes on, and ``.streamlit/config.toml`` repeats for `streamlit run`."""

from __future__ import annotations

from edgewise.explorer.drawing.palette import INKS

OPTIONS: dict[str, str] = {
    "browser.gatherUsageStats": "false",  # nothing leaves the machine
    "server.address": "localhost",  # for this machine alone; without it Streamlit also asks the internet for the machine's address
    "server.fileWatcherType": "none",
    "runner.magicEnabled": "false",  # a lone text in app.py would be shown on every page
    "runner.postScriptGC": "false",  # Python collects when it is due; after every click it takes longer than the click
    "server.showEmailPrompt": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": "false",  # no reader's question goes to a search engine
    "client.showErrorDetails": "none",  # a traceback is for the log, not for the reader
    "theme.base": "light",
    "theme.primaryColor": INKS["brand"].light,
    "theme.textColor": INKS["text"].light,
    "theme.backgroundColor": INKS["page"].light,
    "theme.secondaryBackgroundColor": INKS["band"].light,
    "theme.borderColor": INKS["line"].light,
    "theme.baseFontSize": "14",
    "theme.baseRadius": "8px",
}
"""Option → value, as text: ``--browser.gatherUsageStats=false`` and so on."""
