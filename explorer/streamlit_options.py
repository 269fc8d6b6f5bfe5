"""How Streamlit is to run: what `edgewise explore` passes on, and ``.streamlit/config.toml`` repeats for `streamlit run`."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "browser.gatherUsageStats": "false",  # nothing leaves the machine
    "server.address": "localhost",  # for this machine alone; without it Streamlit also asks the internet for the machine's address
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": "false",  # no reader's question goes to a search engine
    "client.showErrorDetails": "none",  # a traceback is for the log, not for the reader
    "theme.base": "light",
    "theme.primaryColor": "#5b21b6",
    "theme.textColor": "#111827",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f3f5fa",
    "theme.borderColor": "#d8dee8",
    "theme.baseFontSize": "14",
    "theme.baseRadius": "8px",
}
"""Option → value, as text: ``--browser.gatherUsageStats=false`` and so on."""
