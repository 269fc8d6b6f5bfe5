"""What `gaps` finds in an imported table is what trying every answer finds."""

from decimal import Decimal
from random import Random

import pytest

from edgewise.graph import find_gaps
from edgewise.graph.answers.partition import partition
from tests.graph.importing.dmn_tables import NAMESPACES, POLICIES, random_table
from tests.graph.importing.opened import opened


class Found:
    """The findings of a guideline, in the terms of its table."""

    def __init__(self, table, guideline):
        self.table, self.guideline, self.gaps = table, guideline, find_gaps(guideline)
        self.ids = {observable.label: id for id, observable in guideline.observables.items()}
        self.partitions = {id: partition(guideline, id) for id in guideline.observables}

    def told(self, rows):
        return {
            answers for answers in self.table.everybody() if any(self.lies_in(answers, cells) for row in rows for cells in row.everywhere)
        }

    def lies_in(self, answers, cells):
        known = {self.ids[one.name]: answer for one, answer in zip(self.table.inputs, answers, strict=True) if one.name in self.ids}
        return all(self.partitions[id].cell_of(self.as_told(id, known[id])) in held for id, held in cells.items())

    def as_told(self, id, answer):
        observable = self.guideline.observables[id]
        if observable.value_type == "yes-no":
            return "yes" if answer else "no"
        named = {choice.value for choice in observable.choices}
        return answer if isinstance(answer, Decimal) or answer in named else "other"

    def rows(self, kind):
        return [row for row in self.gaps.rows if row.kind == kind]

    def uncovered(self):
        return self.told(self.rows("gap"))

    def clashing(self):
        return {tuple(sorted(map(rank, row.edges))): self.told([row]) for row in self.rows("overlap")}

    def never(self):
        dead = [row for row in self.rows("never-met") if "so it cannot open the way" in row.text]
        hidden = [row for row in self.rows("masked") if "open to nobody" in row.text]  # because others go before them
        edges = [*(edge for row in dead for edge in row.edges), *(edge for row in hidden for edge in row.idle)]
        return {rank(edge) for edge in edges if "-rule-" in edge}


def rank(edge):
    return int(edge.rpartition("-rule-")[2]) - 1


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", range(30))
def test_uncovered_answers_clashing_rules_and_rules_that_never_count_are_those_of_the_table(policy, seed):
    table = random_table(Random(f"{policy} {seed}"), policy)
    found = Found(table, opened(table.xml(NAMESPACES[seed % len(NAMESPACES)])))
    assert found.gaps.unchecked == ()
    assert found.uncovered() == table.uncovered()
    assert found.clashing() == table.clashing()
    assert found.never() == table.never()
