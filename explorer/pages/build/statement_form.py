"""A statement in one's own words, from a sentence of the article or without one: kind, words, place, fingerprint, citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from edgewise.citations.reading.drafting import place_of, section_names
from edgewise.citations.reading.model import Article, Sentence
from edgewise.citations.reading.own_words import RUN, grams, taken
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, tag
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.edges import justified
from edgewise.explorer.pages.build.forms.fields import Fields, show_fault, typed
from edgewise.explorer.pages.build.forms.naming import called, free_id
from edgewise.explorer.pages.build.forms.removing import remove_button
from edgewise.explorer.pages.build.forms.submitting import edits_of, submit
from edgewise.graph.drafting.edits import Add, Edit, Put
from edgewise.graph.drafting.entries import Entry
from edgewise.graph.importing.names import Names

KINDS = {
    "recommendation": "Recommendation: what is to be done",
    "criterion": "Criterion: when something holds",
    "evidence": "Evidence: what was found",
    "outcome": "Outcome: how often, how much",
    "pitfall": "Pitfall: what to beware of",
}
SPEAKS = "build-speaks"
"""Whether the statement of a sentence that is pressed speaks for the edge that is worked on."""
_LONGEST, _KEEP = 2_000, ":material/check:"


def statement_form(found: Desk, article: Article | None, sentence: Sentence | None) -> None:
    """Draw the form of the statement that is worked on, or of one that begins with a sentence; nothing where there is neither.

    Args:
        found: the desk.
        article: as this session holds it.
        sentence: that was pressed, and is not used yet.
    """
    made = found.entries.get(found.at)
    if made is not None and made.section == "statements":
        _form(found, article, _of(article, made), made)
    elif article is not None and sentence is not None:
        _form(found, article, sentence, None)


def edge_spoken_for(found: Desk) -> Entry | None:
    """The edge that is worked on, where what is pressed in the article is to speak for it."""
    made = found.entries.get(found.at)
    return made if made is not None and made.section == "transitions" and st.session_state.get(SPEAKS, True) else None


def _of(article: Article | None, made: Entry) -> Sentence | None:
    print_ = made.data.get("fingerprint")
    return next((one for one in article.sentences if one.fingerprint == print_), None) if article else None


def _form(found: Desk, article: Article | None, sentence: Sentence | None, made: Entry | None) -> None:
    name = f"build-statement:{made.id if made else f'new-{sentence.index if sentence else 0}'}"
    fields = Fields(name, made.data if made else {})
    with st.container(border=True, key="ew-build-statement", gap="small"):
        st.html(markup.page(tag("h2", "Statement" if made else "A new statement"), *_source(sentence), key="build-statement-head"))
        fields.one("Kind", "kind", KINDS, none="Not chosen yet")
        fields.text("In your own words", "text", area=True, most=_LONGEST)
        _warn(str(st.session_state.get(fields.keys["text"], "")), article)
        if made:
            with st.expander("More"):
                fields.text("Name in links and cases (id)", "id", most=60)
        show_fault(name)
        with st.container(horizontal=True, gap="small"):
            if made:
                st.button("Keep", key=f"{name}:keep", type="primary", icon=_KEEP, on_click=_keep, args=(found, made, name, fields.keys))
            elif article is not None and sentence is not None:
                at = (found, article, sentence, name, fields.keys)
                st.button("Make the statement", key=f"{name}:keep", type="primary", icon=_KEEP, on_click=_make, args=at)
            st.button("Close", key=f"{name}:close", type="tertiary", on_click=_close)
        if made:
            remove_button(found, made)


def _source(sentence: Sentence | None) -> Iterator[Html]:
    if sentence is None:
        return
    numbers = [str(number) for marker in sentence.markers for number in marker.numbers]
    yield tag("blockquote", sentence.text, *([tag("sup", ", ".join(numbers))] if numbers else []), cls="ew-source")


def _warn(text: str, article: Article | None) -> None:
    if article is None or not grams(text):
        return
    runs = taken(text, {gram for one in article.sentences for gram in grams(one.text)})
    if runs:
        st.warning(plain(f"{RUN} or more words in a row are the article's: {', '.join(runs)}. Say it in your own words."))


def _keep(seen: Desk, made: Entry, form: str, keys: Mapping[str, str]) -> None:
    wanted = typed(keys)
    submit(seen, form, edits_of(made.id, made.data, wanted), f"Statement changed: {called(made)}", at=wanted.get("id"))


def _make(seen: Desk, article: Article, sentence: Sentence, form: str, keys: Mapping[str, str]) -> None:
    wanted = typed(keys, all=[*keys])
    id = free_id(f"s{len(seen.section('statements')) + 1}", seen.entries)
    entry: dict[str, Any] = {"id": id, "kind": wanted["kind"], "text": wanted["text"]}
    entry |= {"place": place_of(sentence, section_names(article)), "fingerprint": sentence.fingerprint}
    more, cited = citations(seen, article, sentence)
    if cited:
        entry["citations"] = [{"marker": marker} for marker in cited]
    edge = edge_spoken_for(seen)
    spoken = [Put(edge.id, "justifiedBy", [*justified(edge), id])] if edge else []
    said = f"Statement made: {wanted['text'] or 'still without words'}"
    if submit(seen, form, [*more, Add("statements", entry), *spoken], said, at=edge.id if edge else id):
        st.query_params.pop("new", None)


def citations(seen: Desk, article: Article, sentence: Sentence) -> tuple[list[Edit], list[str]]:
    """The ids of the markers that a sentence bears; and what has to be added for those that the draft does not have yet."""
    printed = {str(one.data.get("printed")): one.id for one in seen.section("markers")}
    entries = {str(one.data.get("position")): one.id for one in seen.section("references")}
    names, more, cited = Names(seen.entries), list[Edit](), list[str]()
    for number in dict.fromkeys(str(number) for marker in sentence.markers for number in marker.numbers):
        if number not in printed:
            printed[number] = names.new(f"marker-{number}", "marker")
            nowhere = f"The list has {len(article.references)} entries; {number} points nowhere."
            points = {"entry": entries[number]} if number in entries else {"note": nowhere}
            more.append(Add("markers", {"id": printed[number], "printed": number, **points}))
        cited.append(printed[number])
    return more, cited


def _close() -> None:
    desk.turn("")
    st.query_params.pop("new", None)
