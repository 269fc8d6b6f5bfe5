"""What a composed case becomes: a link for residents, a round to try, and the YAML to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from edgewise.explorer.cards.markup import Html, join, page, symbol, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.teach.case_link import encode
from edgewise.explorer.pages.teach.composing.case_in_draft import can_keep, keep_in_draft, to_the_desk
from edgewise.explorer.pages.teach.composing.check import Remark
from edgewise.explorer.pages.teach.composing.draft import missing
from edgewise.explorer.pages.teach.composing.session_drafts import desk
from edgewise.explorer.shell import location
from edgewise.explorer.shell.frame import go, here
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.parts import part
from edgewise.graph.cases.model import Case
from edgewise.graph.cases.writer import case_yaml, cases_yaml
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError

_WHOLE = "goes-nowhere"  # the rule about a case as a whole
_HERE = ("localhost", "127.0.0.1", "::1")
_ONLY_HERE = (
    "On this computer alone, since Edgewise runs on it for you alone. For others in your network start it with ",
    tag("code", "edgewise explore --host 0.0.0.0"),
    ", open it by this computer’s name and copy the link there; or give out the YAML.",
)


def give(guideline: Guideline, name: str, case: Case, remarks: Sequence[Remark], there: Mapping[str, Case]) -> None:
    """Link, try and YAML; what is missing in their place.

    Args:
        guideline: for which the case is.
        name: of it, in addresses.
        case: as `edgewise.explorer.pages.teach.composing.check.judged` leaves it.
        remarks: on it.
        there: the cases that the guideline has.
    """
    lacking = list(missing(desk(name).draft))
    with st.container(key="ew-set-give", gap="small"):
        st.html(page(tag("h2", "Give it out"), _warnings(remarks, ready=not lacking)))
        if lacking:
            told = tag("p", tag("strong", "Still to write: "), "; ".join(lacking), ".", role="status")
            st.html(page(told))
            if can_keep(name):
                to_the_desk(name)
            return
        if can_keep(name) and not any(remark.grave for remark in remarks):
            keep_in_draft(name, case, there)
        _link(guideline, name, case)
        _keep(guideline, case, [remark for remark in remarks if remark.grave])


def _warnings(remarks: Sequence[Remark], *, ready: bool) -> Html:
    """All that is remarked on, by stage, once the case is written."""
    told = [remark for remark in remarks if remark.rule != "missing-expectation"] if ready else []
    rows = [tag("li", symbol("⚠"), f" {'' if remark.rule == _WHOLE else f'Stage {remark.stage + 1}: '}{remark.told}.") for remark in told]
    return tag("ul", *rows, cls="ew-set-warnings", role="status") if rows else Html("")


def _link(guideline: Guideline, name: str, case: Case) -> None:
    try:
        link = encode(case, guideline)
    except EdgewiseError as error:
        st.error(plain(error), icon=":material/link_off:")
        return
    where = Location(name, page="teach", own={"set": link})
    st.html(page(tag("p", "The whole case is in the link. It opens under Practise; no answer stands in it, the guideline gives them.")))
    if urlsplit(st.context.url or "").hostname in _HERE:
        st.html(page(tag("p", *_ONLY_HERE, cls="ew-quiet")))
    told = {"query": urlencode(location.params(where)), "label": "Link for residents", "button": "Copy link for residents"}
    part("shell", "copy_address")(key="set-copy", data=told, width="stretch")
    st.button("Try it yourself", key="set:try", icon=":material/play_arrow:", type="tertiary", on_click=_try, args=(name, link))


def _try(name: str, link: str) -> None:
    desk(name).link = link  # on the way back it is no news
    go(replace(here().location, own={"set": link}))


def _keep(guideline: Guideline, case: Case, grave: Sequence[Remark]) -> None:
    with st.expander("Keep it as YAML"):
        if grave:
            st.warning("`edgewise check` refuses it until this is mended: " + "; ".join(plain(remark.told) for remark in grave) + ".")
        st.html(
            page(join([tag("p", "Paste it at the end of the guideline’s ", tag("code", "cases.yaml"), ", or keep the file beside it.")]))
        )
        st.code(case_yaml(case), language="yaml", height=320)
        whole = cases_yaml([case], guideline.id)
        st.download_button(
            "Download cases.yaml", whole, "cases.yaml", "application/yaml", key="set:take", on_click="ignore", icon=":material/download:"
        )
