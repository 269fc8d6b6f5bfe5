"""A statement in one's own words, from a sentence of the article or without one: kind, words, place, fingerprint, citations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from edgewise.citations.reading.drafting import place_of, section_names
from edgewise.citations.reading.model import Article, Sentence
from edgewise.citations.reading.own_words import RUN, grams, taken
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.pages.build import desk
from edgewise.explorer.pages.build.desk import Desk
from edgewise.graph.drafting.edits import Add, Edit, Put, Remove
from edgewise.graph.drafting.entries import Entry, mentions
from edgewise.graph.importing.names import Names

KINDS = {
    "recommendation": "Recommendation: what is to be done",
    "criterion": "Criterion: when something holds",
    "evidence": "Evidence: what was found",
    "outcome": "Outcome: how often, how much",
    "pitfall": "Pitfall: what to beware of",
}
_LONGEST = 2_000


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


def _of(article: Article | None, made: Entry) -> Sentence | None:
    print_ = made.data.get("fingerprint")
    return next((one for one in article.sentences if one.fingerprint == print_), None) if article else None


def _form(found: Desk, article: Article | None, sentence: Sentence | None, made: Entry | None) -> None:
    key = f"build-statement:{made.id if made else f'new-{sentence.index if sentence else 0}'}"
    data = made.data if made else {}
    with st.container(border=True, key="ew-build-statement", gap="small"):
        st.html(markup.page(tag("h2", "Statement" if made else "A new statement"), *_source(sentence), key="build-statement-head"))
        kinds = ["", *KINDS]
        kind = st.selectbox(
            "Kind", kinds, index=kinds.index(str(data.get("kind", ""))) if data.get("kind") in KINDS else 0, key=f"{key}:kind",
            format_func=lambda one: KINDS.get(one, "Not chosen yet"),
        )  # fmt: skip
        text = st.text_area("In your own words", str(data.get("text", "")), key=f"{key}:text", max_chars=_LONGEST, height=110)
        _warn(text, article)
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Keep" if made else "Make the statement", key=f"{key}:keep", type="primary", icon=":material/check:",
                on_click=_keep, args=(key, found, article, sentence, made),
            )  # fmt: skip
            if made:
                _removal(found, made)
            st.button("Close", key=f"{key}:close", type="tertiary", on_click=_close)
        if not kind and made:
            st.caption("Its kind is still to choose.")


def _source(sentence: Sentence | None) -> Iterator[Html]:
    if sentence is None:
        return
    numbers = [str(number) for marker in sentence.markers for number in marker.numbers]
    yield tag("blockquote", sentence.text, *([tag("sup", ", ".join(numbers))] if numbers else []), cls="ew-source")


def _warn(text: str, article: Article | None) -> None:
    if article is None or not text.strip():
        return
    runs = taken(text, {gram for one in article.sentences for gram in grams(one.text)})
    if runs:
        st.warning(plain(f"{RUN} or more words in a row are the article's: {', '.join(runs)}. Say it in your own words."))


def _keep(key: str, seen: Desk, article: Article | None, sentence: Sentence | None, made: Entry | None) -> None:
    kind, text = st.session_state.get(f"{key}:kind", ""), str(st.session_state.get(f"{key}:text", "")).strip()
    if made is not None:
        edits = [Put(made.id, name, value) for name, value in (("kind", kind), ("text", text)) if value != made.data.get(name, "")]
        desk.change(seen, edits, f"Statement changed: {text[:60]}")
        return
    if article is None or sentence is None:
        return
    id = Names(seen.entries).new(f"s{len(seen.section('statements')) + 1}", "statement")
    entry: dict[str, Any] = {"id": id, "kind": kind, "text": text}
    entry |= {"place": place_of(sentence, section_names(article)), "fingerprint": sentence.fingerprint}
    more, cited = citations(seen, article, sentence)
    if cited:
        entry["citations"] = [{"marker": marker} for marker in cited]
    if desk.change(seen, [*more, Add("statements", entry)], f"Statement made: {text[:60] or 'still without words'}", at=id):
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


def _removal(found: Desk, made: Entry) -> None:
    held = mentions(found.draft.text, made.id)
    with st.popover("Remove", icon=":material/delete:"):
        if held:
            st.write(f"{many(len(held), 'place')} of the draft name it; take it out there first:")
            for at in dict.fromkeys(one.at for one in held):
                st.button(plain(at), key=f"build-held:{made.id}:{at}", type="tertiary", on_click=desk.turn, args=(at,))
            return
        st.button("Remove this statement", key=f"build-remove-statement:{made.id}", on_click=_remove, args=(found, made))


def _remove(seen: Desk, made: Entry) -> None:
    desk.change(seen, Remove(made.id), f"Statement removed: {str(made.data.get('text', ''))[:60]}", at="")


def _close() -> None:
    desk.turn("")
    st.query_params.pop("new", None)
