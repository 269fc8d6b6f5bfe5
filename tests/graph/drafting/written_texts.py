"""Guidelines as somebody might have written them: in blocks and brackets, with comments, blank lines, quotes, any line break."""

import json

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        *'yes|no|true|null|~||3|1.10|2026-01-31|a: b|a, b|x # y|# z|- d|? q|\'tis|say "so"|[x]|{x}|&a|*b|!t|%|@at|`|>|two  spaces'.split(
            "|"
        ),
        *" ahead|behind |é ≥ 70 %|two\nlines|three\n\n lines\n|tab\there|back\\slash|https://example.org/a#b|😀|key:|:".split("|"),
        *["\ufeffmark", "-", "---", "...", "=", "<<", "0x1f", ".5", "|", "word " * 40, "word " * 40 + "end", "\n", "a\n# b\n", "a\r\nb"],
    ]
)
TEXTS = WORDS | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=20).filter(
    lambda text: text.isprintable()
)
KEYS = ["label", "summary", "order", "when", "yields", "note", "unit", "zzz"]
SIMPLE = TEXTS | st.integers(-5, 10**6) | st.booleans() | st.decimals(-100, 100, places=2)
INNER = "all observable is basedOn label atLeast".split()
VALUES = st.recursive(
    SIMPLE,
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.sampled_from(INNER), part, max_size=4),
    max_leaves=8,
)  # fmt: skip
IDS = [f"e{n}" for n in range(6)]
SECTIONS = ["steps", "observables", "transitions", "statements"]


@st.composite
def texts(draw, least=0, brackets=True):
    """A whole guideline's text, with at least so many entries, some of them in brackets."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=least, max_size=6))
    lines = [*draw(ABOVE), "id: g" + draw(TAIL), f"title: {draw(PLAIN)}", *draw(ABOVE)]
    for position, section in enumerate(draw(st.lists(st.sampled_from(SECTIONS), unique=True, min_size=max(1, (len(ids) + 1) // 2)))):
        lines += draw(section_lines(section, ids[2 * position : 2 * position + 2], ids, brackets))
        lines += draw(ABOVE)
    break_ = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = break_.join(lines) + draw(st.sampled_from([break_, break_, "", break_ * 3]))
    return draw(st.sampled_from(["", "", "\ufeff"])) + text


ABOVE = st.lists(st.sampled_from(["", "# a remark", "  # set in", "# ---- a line"]), max_size=3)
TAIL = st.sampled_from(["", "", "  # behind"])
PLAIN = st.sampled_from(["A title", '"quoted: so"', "'it''s'", "3", "é ≥ 70 %"])


@st.composite
def section_lines(draw, section, ids, known, brackets):
    style = draw(st.sampled_from(["block", "block", "flow", "lines"])) if brackets else "block"
    if not ids and draw(st.booleans()):
        return [f"{section}:" + draw(TAIL)]
    if not ids or style == "flow":
        inside = ", ".join([draw(flow_entry(id, known)) for id in ids])
        return [f"{section}: [{inside}{draw(st.sampled_from(['', ' ']))}]" + draw(TAIL)]
    if style == "lines":
        inside = [f"  {draw(flow_entry(id, known))}," + draw(TAIL) for id in ids]
        return [f"{section}: [" + draw(TAIL), *inside, "]"]
    indent = draw(st.sampled_from(["", "  "]))
    lines = [f"{section}:" + draw(TAIL)]
    for id in ids:
        lines += draw(st.lists(st.sampled_from(["", f"{indent}# about the next"]), max_size=2))
        lines += [f"{indent}{line}" for line in draw(block_entry(id, known, brackets))]
    return lines


@st.composite
def flow_entry(draw, id, known):
    keys = draw(st.lists(st.sampled_from(KEYS[:-1]), unique=True, max_size=3))
    pairs = [f"id: {id}", *(f"{key}: {json.dumps(draw(st.sampled_from(['a', 'b, c', 'd # e', ''])))}" for key in keys)]
    if known and draw(st.booleans()):
        pairs.append(f"from: {draw(st.sampled_from(known))}")
    return "{" + ", ".join(draw(st.permutations(pairs))) + draw(st.sampled_from(["", ",", " "])) + "}"


PIECES = {
    "label": [["label: a label"], ['label: "a, b"  # said so'], ["label:"], ["label: 'x'"]],
    "summary": [["summary: >-", "  folded here", "  and there"], ["summary: |", "  kept", "", "    so"], ["summary: |+", "  kept", "", ""]],
    "order": [["order: 1"], ["order: '1'  # first"]],
    "when": [["when:", "  all:", "    - {observable: e0, is: yes}", "    # between", "    - observable: e1", "      atLeast: 3"]],
    "yields": [["yields: [e0, e1]"], ["yields:", "- e0", "- e1  # last"], ["yields: [", "  e0,  # one", "  e1", "  ]"]],
    "note": [["note: two", "  lines"], ["note: # above", "  below"]],
    "unit": [['"unit" : "%"']],
}


@st.composite
def block_entry(draw, id, known, brackets):
    if brackets and draw(st.integers(0, 3)) == 0:
        return ["- " + draw(flow_entry(id, known)) + draw(TAIL)]
    blocks = [[f"id: {id}" + draw(TAIL)]]
    for key in draw(st.lists(st.sampled_from(sorted(PIECES)), unique=True, max_size=4)):
        blocks.append(draw(st.sampled_from(PIECES[key])))
        blocks += [[line] for line in draw(st.lists(st.sampled_from(["", "# within"]), max_size=1))]
    if known and draw(st.booleans()):
        blocks.append([f"from: {draw(st.sampled_from(known))}"])
    while blocks[-1][0] in ("", "# within"):
        blocks.pop()
    lines = [line for block in blocks for line in block]
    return ["- " + lines[0], *("  " + line if line else "" for line in lines[1:])]


def edits(ids):
    """Any edit that might be asked for, some of which fit nothing."""
    from edgewise.graph.drafting.edits import Add, Drop, Move, Put, Remove, Rename

    at, key, one = st.sampled_from(["", *ids]), st.sampled_from(KEYS), st.sampled_from(ids)
    entry = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3)
    return st.one_of(
        st.builds(Put, at, key, VALUES),
        st.builds(Put, at, key, VALUES),
        st.builds(Drop, at, key),
        st.builds(
            lambda s, e, i, b: Add(s, {"id": i, **e}, b), st.sampled_from(SECTIONS), entry, st.sampled_from(["n1", "n2"]), st.none() | one
        ),
        st.builds(Remove, one),
        st.builds(Move, one, st.none() | one),
        st.builds(Rename, at, st.sampled_from(["r1", "r2", *ids])),
    )
