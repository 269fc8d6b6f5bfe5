"""A guideline of one drug for a high pressure, to be given or ruled out."""

from tests.graph.written import made, source

DRUG = {
    "steps": """
        id: start, type: Presentation, label: Start
        id: ask, type: Investigation, label: Asking, yields: [high, swelling]
        id: drug, type: Treatment, label: The drug""",
    "observables": """
        id: high, label: High pressure, valueType: yes-no
        id: swelling, label: Swelling before, valueType: yes-no
        id: cough, label: Cough, valueType: yes-no""",
}
TO_ASK, TO_DRUG = "id: t0, from: start, to: ask", "id: t1, from: ask, to: drug, when: {observable: high, is: yes, basedOn: [s1]}"
NEVER = "id: t2, from: ask, to: drug, role: excluded, when: {observable: swelling, is: yes}"


def drug(*edges, **more):
    return made(source(**DRUG, transitions="\n".join((TO_ASK, *edges)), **more))
