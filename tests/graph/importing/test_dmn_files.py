"""DMN files as guidelines: known faults come out, nothing is guessed, what is not read has its line."""

import re
from decimal import Decimal

import pytest

from edgewise.graph import find_gaps, parse_facts, walk, why
from edgewise.graph.importing.formats import import_file, import_text
from tests.graph.importing.dmn_tables import NAMESPACES
from tests.graph.importing.opened import opened
from tests.places import DATA, SHARED

FILES = DATA / "imports"


def table(*rows, inputs=(("age", "number"),), policy="UNIQUE", output='<output name="do"/>', outside=""):
    heads = "".join(
        f'<input label="{label}"><inputExpression typeRef="{kind}"><text>{label}</text></inputExpression></input>' for label, kind in inputs
    )
    rules = "".join(
        f"<rule>{''.join(f'<inputEntry><text><![CDATA[{cell}]]></text></inputEntry>' for cell in row[:-1])}"
        f"<outputEntry><text><![CDATA[{row[-1]}]]></text></outputEntry></rule>\n"
        for row in rows
    )
    decision = f'<decision id="d" name="Dose"><decisionTable hitPolicy="{policy}">{heads}\n{output}{rules}</decisionTable></decision>'
    return f'<definitions xmlns="{NAMESPACES[2]}" name="T">{outside}{decision}</definitions>'.encode()


def edges(data):
    return {edge["id"]: edge for edge in import_text(data, "t.dmn").sheet["transitions"]}


def unread(data):
    return [(one.line, one.what, one.why) for one in import_text(data, "t.dmn").unread]


def kinds(rows):
    return sorted(row.kind for row in rows)


def hidden(rows):
    """Edges of which it is said that others leave nobody to them."""
    return {edge for row in rows if row.kind == "masked" and "open to nobody" in row.text for edge in row.idle}


# Known faults ---------------------------------------------------------------------------------------------------------------


def test_a_rule_behind_two_that_take_everybody_is_found_to_be_out_of_reach():
    rows = find_gaps(opened((FILES / "sepsis.dmn").read_bytes())).rows
    told = [row for row in rows if row.kind in ("unreachable-step", "never-met", "masked")]
    assert [(row.kind, row.idle, row.edges) for row in told] == [
        ("masked", ("alarm-rule-3",), ("alarm-rule-3", "alarm-rule-1")),  # once, with that of the two that takes all its patients
    ]
    assert re.search("open to nobody .* so nobody comes to .*intensive care", told[0].text)


def test_missing_rows_and_overlapping_ones_are_found_where_no_hit_policy_is_named():
    rows = find_gaps(opened((FILES / "vaccine.dmn").read_bytes())).rows
    assert [row.situation for row in rows if row.kind == "gap"] == [
        "Doses so far: at most 0",
        "Antibodies: any other value",
        "Doses so far: exactly 2; Antibodies: negative or any other value",
    ]
    assert [(set(row.edges), row.situation) for row in rows if row.kind == "overlap"] == [
        ({"next-dose-rule-2", "next-dose-rule-4"}, "Doses so far: exactly 1; Antibodies: positive")
    ]


def test_bounds_that_leave_holes_in_public_tables_are_found():
    if not (SHARED / "imports").is_dir():
        pytest.skip(f"{SHARED / 'imports'} lies beside a developer's checkout alone")
    found = {row.situation for row in find_gaps(opened((SHARED / "imports/Symptoms_Decision.dmn").read_bytes())).rows}
    assert "temperature: exactly 100" in found
    assert "temperature: 96 to 100; respiratory_rate: at least 20" in found
    assert "temperature: at most 100; respiratory_rate: at most 22; heart_rate: at least 90" in found


@pytest.mark.parametrize(
    "name", ["0004-simpletable-U", "0108-first-hitpolicy", "0117-multi-any-hitpolicy", "coagulation-table", "Symptoms_Decision"]
)
def test_public_tables_are_read_whole(name):
    file = SHARED / "imports" / f"{name}.dmn"
    if not file.is_file():
        pytest.skip(f"{file} lies beside a developer's checkout alone")
    assert import_file(file).unread == ()


# Tables ---------------------------------------------------------------------------------------------------------------------


def test_a_rule_is_an_edge_and_each_result_a_step():
    found = import_text(table(("< 18", '"half"'), (">= 18", '"full"'), ("null", '"half"')), "t.dmn")
    assert [step["label"] for step in found.sheet["steps"]] == ["Dose", "do: half", "do: full"]
    assert [(edge["label"], edge["to"]) for edge in found.sheet["transitions"]] == [
        ("age < 18", "do-half"), ("age >= 18", "do-full"), ("age: null", "do-half"),
    ]  # fmt: skip


def test_an_edge_of_a_first_table_asks_that_no_rule_before_it_matches():
    found = edges(table(("< 18", '"a"'), ("< 65", '"b"'), ("> 80", '"c"'), ("-", '"d"'), policy="FIRST"))
    assert found["dose-rule-2"]["when"] == {
        "statedBy": "source",
        "all": [
            {"observable": "age", "lessThan": Decimal(65), "unit": "1"},
            {"label": "not rule 1: age < 18", "not": {"observable": "age", "lessThan": Decimal(18), "unit": "1"}},
        ],
    }
    assert found["dose-rule-3"]["when"] == {"statedBy": "source", "observable": "age", "moreThan": Decimal(80), "unit": "1"}
    assert found["dose-rule-4"]["when"]["label"] == "none of the rules 1, 2, 3"


def test_rules_that_match_together_are_due_together_where_the_table_collects():
    guideline = opened(table(("> 18", '"a"'), ("> 65", '"b"'), policy="COLLECT"))
    assert kinds(find_gaps(guideline).rows) == ["gap"]
    assert walk(guideline, parse_facts({"age": 70}, guideline)).due == ("do-a", "do-b")


@pytest.mark.parametrize(
    ("policy", "what"),
    [("RULE ORDER", "hit policy RULE ORDER"), ("NONSENSE", "hit policy NONSENSE"), ("PRIORITY", "hit policy PRIORITY")],
)
def test_what_a_guideline_cannot_say_of_a_hit_policy_is_named(policy, what):
    assert [one[:2] for one in unread(table(("> 18", '"a"'), policy=policy))] == [(1, what)]


def test_two_rules_of_a_unique_table_that_match_together_are_an_overlap_even_with_one_result():
    rows = find_gaps(opened(table(("> 18", '"a"'), ("> 65", '"a"'), ("<= 18", '"b"')))).rows
    assert [(row.kind, row.situation) for row in rows] == [("overlap", "age: more than 65")]
    rows = find_gaps(opened(table(("> 18", '"a"'), ("> 65", '"a"'), ("<= 18", '"b"'), policy="ANY"))).rows
    assert [(row.kind, row.idle) for row in rows] == [("subsumed", ("dose-rule-2",))]


def test_the_default_output_is_for_all_whom_no_rule_matches():
    guideline = opened(
        table(("> 18", '"a"'), output='<output name="do"><defaultOutputEntry><text>"b"</text></defaultOutputEntry></output>')
    )
    assert not find_gaps(guideline).rows
    assert walk(guideline, parse_facts({"age": 3}, guideline)).due == ("do-b",)


def test_a_cell_that_is_not_read_is_a_question_of_its_own():
    data = table(("> 18", "even(?)", '"a"'), ("> 18", "-", '"b"'), inputs=(("age", "number"), ("n", "number")), policy="FIRST")
    found = edges(data)["dose-rule-1"]["when"]["all"][1]
    assert found == {"observable": "condition-n-even", "is": "yes"}
    questions = {one["id"]: one["question"] for one in import_text(data, "t.dmn").sheet["observables"]}
    assert questions["condition-n-even"] == 'Does this hold: "n: even(?)"?'
    assert unread(data) == [(2, 'condition "n: even(?)"', "It is no comparison that is read as a condition.")]


def test_a_name_without_quotes_is_not_taken_for_a_text():
    assert unread(table(("Medium", '"a"'), ('"Low"', '"b"'), inputs=(("risk", "string"),)))[0][2].startswith("“Medium” is a name")


def test_numbers_keep_every_digit_and_those_that_do_not_fit_are_named():
    assert edges(table(("0.100000000000001", '"a"')))["dose-rule-1"]["when"]["atLeast"] == Decimal("0.100000000000001")
    assert unread(table(("1E20", '"a"')))[0][2] == "The number has more than 15 digits before or behind the point."


def test_a_bound_may_be_worked_out_from_another_input():
    data = table(("< 2 * b + 1", "> 0", '"a"'), inputs=(("a", "number"), ("b", "number")))
    assert edges(data)["dose-rule-1"]["when"]["all"][0]["lessThan"] == {"plus": [{"times": [Decimal(2), "b"]}, Decimal(1)]}
    assert opened(data).observables


def test_stretches_of_time_are_told_in_a_unit_in_which_they_are_whole():
    found = import_text(table(('< duration("P2D")', '"a"'), ('>= duration("PT12H")', '"b"'), inputs=(("w", "dayTimeDuration"),)), "t.dmn")
    assert found.sheet["observables"][0]["unit"] == "h"
    assert found.sheet["transitions"][0]["when"]["lessThan"] == Decimal(48)


def test_times_in_different_units_shut_one_another_out():
    rows = (("< 4 weeks", '"a"'), ("< 1 month", '"b"'), ("< 20 days", '"c"'), ("[1 month..2 years]", '"d"'))
    data = table(*rows, inputs=(("age", ""),), policy="FIRST")
    assert edges(data)["dose-rule-4"]["when"]["all"][0] == {"observable": "age", "atLeast": Decimal(1), "unit": "mo"}
    found = find_gaps(opened(data)).rows
    assert hidden(found) == {"dose-rule-3"}
    assert [row.situation for row in found if row.kind == "gap"] == ["age: more than 730.5 days"]


def test_allowed_values_close_a_choice_and_other_texts_leave_it_open():
    closed = (
        '<input><inputExpression typeRef="string"><text>r</text></inputExpression><inputValues><text>"a","b"</text></inputValues></input>'
    )
    data = table(('"a"', '"x"'), inputs=()).replace(b"<output", closed.encode() + b"<output", 1)
    assert [one["value"] for one in import_text(data, "t.dmn").sheet["observables"][0]["choices"]] == ["a", "b"]
    open_ended = import_text(table(('"a"', '"x"'), inputs=(("r", "string"),)), "t.dmn").sheet["observables"][0]["choices"]
    assert [one["label"] for one in open_ended] == ["a", "any other value"]


def test_annotations_and_descriptions_stand_as_notes():
    found = import_file(FILES / "vaccine.dmn").sheet["transitions"]
    assert found[0]["note"] == "Why: The first did not take."


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_of_dmn_is_told_and_read(namespace):
    found = import_text(table(("> 18", '"a"')).replace(NAMESPACES[2].encode(), namespace.encode()), "t.dmn")
    assert found.format in {"DMN 1.1", "DMN 1.2", "DMN 1.3", "DMN 1.4", "DMN 1.5"}
    assert len(found.sheet["transitions"]) == 1


# Several decisions ----------------------------------------------------------------------------------------------------------


def test_decisions_follow_one_another_and_ask_for_the_results_that_they_need():
    guideline = opened((FILES / "several-decisions.dmn").read_bytes())
    facts = {
        "patient-age": 70,
        "patient-group": "low",
        "risk-class": "great",
        "waiting-time": "20 d",
        "is-urgent": "yes",
        "where": "intensive",
    }
    walked = walk(guideline, parse_facts(facts, guideline))
    assert {"risk-class-great", "is-urgent-true", "bed-intensive", "letter-by-mail"} <= set(walked.path)
    assert why(guideline, "letter-by-post", parse_facts(facts, guideline)).headline


def test_each_construct_that_is_not_read_is_named_with_its_line():
    found = import_file(FILES / "several-decisions.dmn")
    lines = (FILES / "several-decisions.dmn").read_text("utf-8").splitlines()
    named = {one.what: lines[one.line - 1].strip() for one in found.unread}
    assert {what: text.strip("<").replace(">", " ").split()[0] for what, text in named.items()} == {
        "import other": "import",
        "decisionService Service": "decisionService",
        "input data Day of Birth": "inputData",
        "business knowledge model Unused": "businessKnowledgeModel",
        "relation": "relation",
    }
    notes = "\n".join(note["text"] for note in found.sheet["notes"])
    assert all(one.what in notes for one in found.unread)


def test_an_address_that_leads_nowhere_is_no_link():
    data = (FILES / "several-decisions.dmn").read_bytes().replace(b"https://example.org/book", b"javascript:alert(1)")
    assert "identifiers" not in import_text(data, "t.dmn").sheet["references"][0]
    assert opened(data).references


def test_a_knowledge_source_is_a_reference_and_an_annotation_a_note():
    sheet = import_file(FILES / "several-decisions.dmn").sheet
    assert [(one["title"], one["identifiers"][0]["value"]) for one in sheet["references"]] == [("A textbook", "https://example.org/book")]
    assert {"text": "Read with care.", "about": ["decide-is-urgent"]} in [
        {key: note[key] for key in ("text", "about")} for note in sheet["notes"]
    ]


def test_decisions_that_require_one_another_are_named_and_read_all_the_same():
    one, other = (
        f'<decision id="{id}" name="{id}"><informationRequirement><requiredDecision href="#{needs}"/></informationRequirement>'
        f"<literalExpression><text>{needs} = 1</text></literalExpression></decision>"
        for id, needs in (("a", "b"), ("b", "a"))
    )
    data = f'<definitions xmlns="{NAMESPACES[2]}">{one}{other}</definitions>'.encode()
    assert (1, "requirements of a, b", "These decisions require one another in a circle.") in unread(data)
    assert opened(data).steps


# Sources --------------------------------------------------------------------------------------------------------------------


def annotated(*texts, name="Source"):
    rows = [(f"{rank}", '"a"') for rank in range(len(texts))]
    whole = table(*rows).decode().replace("<rule>", f'<annotation name="{name}"/><rule>', 1)
    for text in texts:
        whole = whole.replace("</outputEntry></rule>", f"</outputEntry><annotationEntry><text>{text}</text></annotationEntry></RULE>", 1)
    return whole.replace("</RULE>", "</rule>").encode()


def test_a_rule_that_names_its_source_is_cited_and_the_others_are_not():
    sheet = import_text(annotated("Lee A. Doses. 2001. doi:10.1000/x.1", "", " - "), "t.dmn").sheet
    assert [edge.get("justifiedBy") for edge in sheet["transitions"]] == [["statement-dose-rule-1"], None, None]
    assert sheet["transitions"][0]["when"]["basedOn"] == ["statement-dose-rule-1"]
    assert sheet["references"][0]["identifiers"][0] == {"scheme": "doi", "value": "10.1000/x.1", "statedBy": "source", "confirmed": False}
    guideline = opened(annotated("Lee A. Doses. 2001. doi:10.1000/x.1", "", " - "))
    assert [len(statement.citations) for statement in guideline.statements.values()] == [1]


def test_a_work_that_several_rules_name_is_one_reference():
    sheet = import_text(annotated("PMID 17117004", "see https://pubmed.ncbi.nlm.nih.gov/17117004", "https://example.org/a"), "t.dmn").sheet
    assert [one["identifiers"][0]["value"] for one in sheet["references"]] == ["17117004", "https://example.org/a"]
    assert len(sheet["statements"]) == 3


def test_an_annotation_that_names_no_work_is_a_note_and_no_source():
    sheet = import_text(annotated("It helps.", name="Why"), "t.dmn").sheet
    assert sheet["transitions"][0]["note"] == "Why: It helps."
    assert "references" not in sheet


# Files as people publish them -----------------------------------------------------------------------------------------------


def test_cells_in_plain_words_are_read_by_the_comparison_in_their_descriptions():
    found = {edge["id"]: edge for edge in import_file(FILES / "doses-in-words.dmn").sheet["transitions"]}
    assert found["next-dose-rule-2"]["when"]["all"] == [
        {"observable": "number-of-doses", "atLeast": 0, "atMost": 0},
        {"observable": "clients-age", "atLeast": 4, "unit": "wk"},
        {"observable": "clients-age", "atMost": 5, "unit": "a"},
        {"observable": "titre", "oneOf": ["Low"]},
        {"observable": "series-complete", "is": "no"},
    ]
    assert found["next-dose-rule-2"]["label"].startswith("No doses were administered, Clients age is between")
    assert found["next-dose-rule-3"]["when"]["all"][1] == {"observable": "condition-clients-age-is-at-least-lower-limit", "is": "yes"}


def test_of_published_tables_holes_overlaps_and_rules_without_a_source_are_found():
    guideline = opened((FILES / "doses-in-words.dmn").read_bytes())
    rows = find_gaps(guideline).rows
    told = [row.situation for row in rows if row.kind == "gap"]
    assert any("Number of doses: at least 2" in situation for situation in told)
    assert any("Titre: Low or any other value" in situation for situation in told)
    assert {"next-dose-rule-1", "next-dose-rule-2"} in [set(row.edges) for row in rows if row.kind == "overlap"]
    assert [edge.id for edge in guideline.transitions.values() if edge.justified_by] == ["next-dose-rule-1"]


def test_annotations_listed_behind_the_outputs_are_no_outputs():
    sheet = import_file(FILES / "doses-in-words.dmn").sheet
    assert sheet["transitions"][0]["note"] == "Annotations: Later is better."
    assert sheet["references"][0]["title"] == "Summary tables (2023)"
    assert sheet["steps"][1]["label"] == "Plan: Client is not due, Guidance: Do not vaccinate, as the client is too young."
    assert '"Status" = "Not due"' in sheet["steps"][1]["summary"]


def test_inputs_without_expressions_are_asked_by_their_labels_and_broken_numbers_are_not_taken_for_whole_ones():
    found = import_file(FILES / "monitoring.dmn")
    assert {one["label"]: one["valueType"] for one in found.sheet["observables"]} == {
        "patient is ill": "yes-no", "patient is very ill": "yes-no", "body temp. (degrees Celsius)": "quantity", "Watching": "choice",
    }  # fmt: skip
    assert [one.what for one in found.unread] == ["type of body temp. (degrees Celsius)", "input data patient record"]
    assert found.sheet["references"][0]["title"] == "https://example.org/watching"


def test_rules_out_of_reach_and_holes_of_an_inaccurate_table_are_found():
    rows = find_gaps(opened((FILES / "monitoring.dmn").read_bytes())).rows
    assert ("gap", "body temp. (degrees Celsius): 36 to 38.3") in [(row.kind, row.situation) for row in rows]
    assert ("masked", ("escalation-rule-3",)) in [(row.kind, row.idle) for row in rows]
