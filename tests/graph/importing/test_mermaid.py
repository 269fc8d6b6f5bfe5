"""Mermaid flow charts: the syntax as Mermaid itself has it, what a chart's labels ask, and what is named as not read."""

from decimal import Decimal

import pytest

from edgewise.graph import find_gaps, parse_facts, walk
from edgewise.graph.importing.mermaid.statements import statements_of
from edgewise.ontology.errors import SourceError
from tests.graph.importing.read_charts import Read


def links(text):
    return [(link.source, link.target, link.label) for link in statements_of(f"\n{text}", 1).links]


# Syntax -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "A-->B",
        "A --> B",
        "A ---> B",
        "A ==> B",
        "A -.-> B",
        "A -..-> B",
        "A --- B",
        "A === B",
        "A -.- B",
        "A --o B",
        "A --x B",
        "A x--x B",
        "A-->B;",
        "A\n--> B",
        "A -->\n B",
        "A --> B %% why",
        "A e1@--> B",
        "A:::red --> B:::big-box",
        "A[x]:::red-->B",
        "A(x) --> B((y))",
        "A([x]) --> B[[y]]",
        "A[(x)] --> B(((y)))",
        "A>x] --> B{{y}}",
        "A[/x/] --> B[\\y\\]",
        "A[/x\\] --> B[\\y/]",
        "A(-x-) --> B",
        'A["a ] b"] --> B',
        'A["two\nlines"] --> B',
        'A@{ shape: rect, label: "a } b" } --> B@{ shape: doc }',
        "B <-- A",
        "A <--> B\nB ~~~ C",
    ],
)
def test_links_and_shapes_of_every_kind_lead_from_one_node_to_the_other(text):
    assert ("A", "B", "") in links(text)


@pytest.mark.parametrize(
    "text",
    [
        "A -->|yes| B",
        "A --> |yes| B",
        "A-- yes -->B",
        "A--yes-->B",
        "A == yes ==> B",
        "A -. yes .-> B",
        'A -->|"yes"| B',
        'A -- "yes" --> B',
        "A -- yes --- B",
        "A ---|yes| B",
        'A -- "`**yes**`" --> B',
        "A -->|<b>yes</b>| B",
    ],
)
def test_labels_stand_behind_a_link_or_in_it(text):
    assert links(text) == [("A", "B", "yes")]


def test_chains_and_ampersands_lead_from_each_to_each():
    assert links("A --> B & C -->|x| D") == [("A", "B", ""), ("A", "C", ""), ("B", "D", "x"), ("C", "D", "x")]
    assert links("A & B --> C & D") == [("A", "C", ""), ("A", "D", ""), ("B", "C", ""), ("B", "D", "")]


def test_texts_are_those_that_one_sees():
    found = statements_of(
        '\nA["INR #gt; 1.5 #amp; #9829;"] --> B["`**Stop** _now_`"]\nC[fa:fa-ban No<br/>more] --> D["it\'s #quot;it#quot;"]', 1
    )
    assert [node.label for node in found.nodes.values()] == ["INR > 1.5 & ♥", "Stop now", "No more", 'it\'s "it"']


@pytest.mark.parametrize(
    "look",
    [
        "style A fill:#f9f",
        "classDef red fill:#f00,stroke:#333;",
        "class A,B red",
        "linkStyle 0,1 color:red",
        'click A "https://example.org" "tip" _blank',
        "click A call f()",
        "direction LR",
        "%% A --> C",
        "%%{init: {}}%%",
    ],
)
def test_looks_and_comments_are_passed_over(look):
    found = statements_of(f"\nA --> B\n{look}\nB --> C", 1)
    assert list(found.nodes) == ["A", "B", "C"]
    assert found.unread == []


def test_what_is_no_mermaid_is_named_with_its_line_and_the_rest_is_read():
    read = Read("flowchart TD\nA[Begin] --> B[Do]\nB[never closed --> C\n}} what\nend\nB --> D[Stop]")
    assert [line for line, _ in read.unread] == [3, 4, 5]
    assert ("Do", "Stop") in read.edges


@pytest.mark.parametrize(
    "head",
    [
        "flowchart TD",
        "flowchart",
        "graph LR;",
        "graph TB",
        "flowchart-elk RL",
        "---\ntitle: T\n---\nflowchart BT",
        "%%{init: {'theme':\n'dark'}}%%\n%% note\n\n  graph >",
        "\ufeffgraph v",
    ],
)
def test_a_chart_begins_with_its_keyword_whatever_stands_before(head):
    assert Read(f"{head}\n  A[One] --> B[Two]\n").edges == [("One", "Two")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fence", ["```", "~~~", "````", "  ```"])
def test_the_first_flow_chart_of_a_markdown_text_is_read_and_the_others_are_named(newline, fence):
    def block(kind, first):
        return f"{fence}mermaid\n{kind}\n{first} --> Z\n{fence}\n"

    text = f"# Title\n\n{block('sequenceDiagram', 'q')}\ntext\n\n{block('graph TD', 'A[One]')}\n{block('flowchart TD', 'B[Two]')}"
    read = Read(text.replace("\n", newline))
    assert list(read.steps) == ["One", "Z"]
    assert read.unread == [(4, "sequenceDiagram"), (16, "flowchart")]
    assert read.sheet["transitions"][0]["label"] == "always"


def test_markdown_may_begin_with_a_tag():
    assert Read("<!-- made by hand -->\n<p align=center>\n\n```mermaid\ngraph TD\nA[One]-->B[Two]\n```\n").edges == [("One", "Two")]


@pytest.mark.parametrize(
    "text",
    [
        "graph G { a -- b }",
        "digraph G {}",
        "flowcharts are nice",
        "```mermaid\nsequenceDiagram\na->>b: c\n```",
        "flowchart TD\n",
        "plain words",
    ],
)
def test_what_holds_no_flow_chart_is_refused_in_words(text):
    with pytest.raises(SourceError) as refused:
        Read(text)
    assert refused.value.findings[0].repair


# Steps and questions ----------------------------------------------------------------------------------------------------------

CHEST = """flowchart TD
  A([Chest pain]) --> B{ST elevation?}
  B -->|Yes| C[Cath lab]
  B -- No --> D{Troponin}
  D -->|< 14 ng/L| E([Discharge])
  D -->|14-52 ng/L| F[Repeat in 3 h] --> D
  D -->|> 52 ng/L| C
  C --> G{Which ward}
  G -->|CCU| H
  G -->|other ward| I
  G --> J
"""


def test_where_it_begins_and_ends_and_what_it_asks_follow_from_arrows_and_shapes():
    types = Read(CHEST).types
    assert types["Chest pain"] == "Presentation"
    assert {types[label] for label in ("ST elevation?", "Troponin", "Which ward")} == {"Investigation"}
    assert types["Discharge"] == "Endpoint"
    assert types["Cath lab"] == types["H"] == "Treatment"


def test_yes_and_no_are_answers_to_the_text_of_the_node():
    read = Read(CHEST)
    assert read.when("ST elevation?", "Cath lab") == {"observable": "ST elevation?", "is": "yes"}
    assert read.when("ST elevation?", "Troponin") == {"observable": "ST elevation?", "is": "no"}


def test_ranges_that_fit_one_quantity_are_a_quantity_and_a_hole_between_them_comes_out():
    read = Read(CHEST)
    assert read.when("Troponin", "Discharge") == {"observable": "Troponin", "lessThan": Decimal(14), "unit": "ng/L"}
    assert read.when("Troponin", "Repeat in 3 h") == {
        "observable": "Troponin",
        "atLeast": Decimal(14),
        "atMost": Decimal(52),
        "unit": "ng/L",
    }
    assert not [row for row in find_gaps(read.opened.guideline).rows if row.kind == "gap"]
    holed = Read(CHEST.replace("14-52", "20-52"))
    assert ["troponin"] in [list(row.observables) for row in find_gaps(holed.opened.guideline).rows if row.kind == "gap"]


def test_other_labels_are_the_answers_of_a_choice_and_an_arrow_without_one_is_named():
    read = Read(CHEST)
    asked = next(asked for asked in read.questions.values() if asked["label"] == "Which ward")
    assert [choice["label"] for choice in asked["choices"]] == ["CCU", "other ward", "on to: J"]
    assert read.unread == [(11, "G --> J")]


@pytest.mark.parametrize(
    "labels",
    [
        ("≥ 70 %", "< 70"),
        ("≥ 2 cm", "< 20 mm"),
        ("1", "2"),
        ("> 2", "fewer"),
        ("mild", "severe"),
        ("1,000 or more", "< 1,000"),
        ("A > 2", "B <= 2"),
    ],
)
def test_where_labels_do_not_plainly_fit_one_quantity_they_are_a_choice(labels):
    read = Read(f'graph TD\nA{{Which}} -->|"{labels[0]}"| B\nA -->|"{labels[1]}"| C')
    assert [asked["valueType"] for asked in read.questions.values()] == ["choice"]
    assert [choice["label"] for asked in read.questions.values() for choice in asked["choices"]] == list(labels)


@pytest.mark.parametrize(
    ("labels", "unit"),
    [
        (("≥ 70 %", "< 70 %"), "%"),
        (("at least 3 weeks", "less than 3 weeks"), "wk"),
        (("2 or more", "0-1"), "1"),
        (("T > 2cm", "T <= 2cm"), "cm"),
        (("38,5 °C or more", "below 38.5 °C"), "Cel"),
        (("≥ 2 blocks", "1 block"), "{blocks}"),
        (("18 ≤ age < 65", "age >= 65"), "1"),
    ],
)
def test_where_they_do_they_are_one(labels, unit):
    read = Read(f'graph TD\nA{{Which}} -->|"{labels[0]}"| B\nA -->|"{labels[1]}"| C')
    assert [(asked["valueType"], asked["unit"]) for asked in read.questions.values()] == [("quantity", unit)]
    assert not [finding for finding in read.opened.findings if finding.severity == "error"]


def test_otherwise_is_all_that_the_others_leave():
    read = Read("graph TD\nA{Age} -->|< 18 years| B\nA -->|otherwise| C")
    assert read.when("Age", "C") == {"not": {"observable": "Age", "lessThan": Decimal(18), "unit": "a"}}


def test_one_label_alone_leaves_its_opposite_open_and_the_gap_comes_out():
    read = Read("graph TD\nS --> A{ER status}\nA -->|positive| B")
    assert [asked["valueType"] for asked in read.questions.values()] == ["yes-no"]
    assert "gap" in {row.kind for row in find_gaps(read.opened.guideline).rows}


def test_a_label_on_an_arrow_from_a_box_is_asked_and_named_as_perhaps_no_condition():
    read = Read("graph TD\nS([Start]) --> A[Rest]\nA -->|after a day| B\nA --> C")
    assert read.when("Rest", "B")["is"] == "yes"
    assert "when" not in read.edge("Rest", "C")
    assert [line for line, _ in read.unread] == [3]


def test_arrows_without_labels_from_a_box_are_all_taken():
    guideline = Read("graph TD\nS([Start]) --> A & B").opened.guideline
    assert walk(guideline, parse_facts({}, guideline)).due == ("a", "b")


def test_a_loop_back_to_the_first_node_leaves_it_a_step_behind_a_beginning():
    read = Read("graph TD\nA[Ask] --> B{Enough?}\nB -->|no| A\nB -->|yes| C((Done))")
    assert read.types["Start"] == "Presentation"
    assert ("Start", "Ask") in read.edges
    assert ("Enough?", "Ask") in read.edges


def test_subgraphs_are_phases_and_arrows_to_them_lead_to_where_they_begin():
    read = Read(
        "graph TD\nsubgraph one [First part]\nA --> B\nsubgraph two\nC\nend\nend\nsubgraph three\nD --> E\nend\none --> three\nX --> A"
    )
    phases = {phase["id"]: phase["label"] for phase in read.sheet["phases"]}
    assert [phases[read.steps[label]["phase"]] for label in "ABCDEX"] == ["First part"] * 2 + ["First part: two"] + ["three"] * 2 + [
        "Outside the subgraphs"
    ]
    assert {("B", "D"), ("C", "D")} <= set(read.edges)
    assert (11, "one --> three") in read.unread


def test_comments_in_braces_are_notes_about_what_they_are_tied_to():
    read = Read('graph TD\nA[One] --> B[Two]\nN@{ shape: brace, label: "mind the dose" } -.- B')
    assert list(read.steps) == ["One", "Two"]
    note = next(note for note in read.sheet["notes"] if note["text"] == "mind the dose")
    assert [read.labels[id] for id in note["about"]] == ["Two"]


def test_lines_without_arrowheads_are_named():
    assert Read("graph TD\nA --- B\nB --x C\nC --> D").unread == [(2, "A --- B"), (3, "B --x C")]


def test_a_box_whose_arrows_all_bear_labels_finds_out_which_holds_and_stays_something_to_do():
    read = Read("graph TD\nS([Start]) --> A[Give fluids]\nA -->|improved| B\nA -->|not improved| C")
    assert read.types["Give fluids"] == "Treatment"
    assert [read.questions[id]["question"] for id in read.steps["Give fluids"]["yields"]] == ["Give fluids"]
    assert read.when("Give fluids", "B") == {"observable": "Give fluids", "oneOf": ["improved"]}
    assert read.unread == []
