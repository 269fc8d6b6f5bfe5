"""Drafts on the disk: nothing acknowledged is lost, nothing is undone twice, nobody writes over somebody else."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from edgewise.graph.drafting import drafts as module
from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.drafts import DRAFTS, Drafts, Origin, drafts_file
from edgewise.graph.drafting.edits import Add, Put, Rename
from edgewise.graph.drafting.errors import DraftRefused, EditRefused, Overtaken

TEXT = "id: g\ntitle: Hips\nsteps:\n- {id: a, label: A}\n"


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "drafts.sqlite")


def test_a_draft_is_found_again_by_another_process(drafts):
    made = drafts.create(TEXT, Origin("/g/guideline.yaml", "sha256:0"), "Hips", cases="guideline: g\n", owner="ann")
    assert Drafts(drafts.path).open(made.id) == made
    assert (made.text, made.cases, made.revision, made.origin.path) == (TEXT, "guideline: g\n", 1, "/g/guideline.yaml")


def test_changes_are_undone_and_done_again_with_their_words(drafts):
    one = drafts.create(TEXT)
    two = drafts.change(one.id, one.revision, Put("a", "label", "B"), "Label of a")
    back = drafts.undo(one.id, two.revision)
    assert (back.text, back.undoable, back.redoable) == (TEXT, "", "Label of a")
    again = drafts.redo(one.id, back.revision)
    assert (again.text, again.undoable, again.redoable) == (two.text, "Label of a", "")
    assert [(kept.said, kept.current, kept.undone) for kept in drafts.history(one.id)] == [
        ("Begun", False, False),
        ("Label of a", True, False),
    ]


def test_a_change_after_undo_lets_go_of_what_was_undone(drafts):
    draft = drafts.create(TEXT)
    draft = drafts.change(draft.id, draft.revision, "id: g\n", "All out")
    draft = drafts.undo(draft.id, draft.revision)
    draft = drafts.change(draft.id, draft.revision, Put("", "title", "Knees"), "Title")
    with pytest.raises(DraftRefused, match="nothing to redo"):
        drafts.redo(draft.id, draft.revision)
    assert [kept.said for kept in drafts.history(draft.id)] == ["Begun", "Title"]


def test_a_change_that_changes_nothing_is_no_step(drafts):
    draft = drafts.create(TEXT)
    assert drafts.change(draft.id, draft.revision, Put("a", "label", "A"), "Nothing") == draft


def test_both_files_change_as_one_step(drafts):
    draft = drafts.create(TEXT)
    draft = drafts.change(draft.id, 1, {"guideline": [Rename("a", "b")], "cases": Add("cases", {"id": "c", "title": "One"})}, "Both")
    assert "id: b" in draft.text
    assert draft.cases == "guideline: g\ncases:\n  - {id: c, title: One}\n"
    back = drafts.undo(draft.id, draft.revision)
    assert (back.text, back.cases) == (TEXT, "")


def test_an_edit_that_does_not_fit_leaves_the_draft_as_it_was(drafts):
    draft = drafts.create(TEXT)
    with pytest.raises(EditRefused):
        drafts.change(draft.id, draft.revision, [Put("a", "label", "B"), Put("z", "label", "B")], "Two")
    assert drafts.open(draft.id) == draft


def test_who_comes_second_is_told_what_was_done_meanwhile(drafts):
    draft = drafts.create(TEXT)
    mine = drafts.change(draft.id, draft.revision, Put("a", "label", "B"), "Label of a")
    drafts.undo(draft.id, mine.revision)
    for late in (lambda: drafts.change(draft.id, draft.revision, "id: h\n", "x"), lambda: drafts.undo(draft.id, draft.revision)):
        with pytest.raises(Overtaken, match="Label of a; Undone: Label of a") as caught:
            late()
        assert caught.value.since == ("Label of a", "Undone: Label of a")


def test_of_many_at_once_one_wins_and_the_others_are_told(drafts):
    draft = drafts.create(TEXT)

    def change(n):
        try:
            return drafts.change(draft.id, draft.revision, Put("a", "order", n), f"Order {n}")
        except Overtaken:
            return None

    with ThreadPoolExecutor(8) as threads:
        won = [done for done in threads.map(change, range(16)) if done]
    assert [drafts.open(draft.id)] == won


def test_no_more_states_are_kept_than_is_said(drafts, monkeypatch):
    monkeypatch.setattr(module, "MOST_STATES", 5)
    draft = drafts.create(TEXT)
    for n in range(12):
        draft = drafts.change(draft.id, draft.revision, Put("a", "order", n), f"Order {n}")
    assert [kept.said for kept in drafts.history(draft.id)] == [f"Order {n}" for n in range(7, 12)]
    for _ in range(4):
        draft = drafts.undo(draft.id, draft.revision)
    assert "order: 7" in draft.text
    with pytest.raises(DraftRefused, match="nothing to undo"):
        drafts.undo(draft.id, draft.revision)


def test_lists_show_the_latest_first_and_to_each_only_their_own(drafts):
    first, second = drafts.create(TEXT, title="First", owner="ann"), drafts.create(TEXT, title="Second", owner="ben")
    drafts.change(first.id, 1, "id: g\n", "x")
    assert [one.title for one in drafts.list()] == ["First", "Second"]
    assert [one.title for one in drafts.list("ben")] == ["Second"]
    drafts.remove(second.id)
    assert [one.title for one in drafts.list()] == ["First"]
    for gone in (drafts.open, drafts.remove, drafts.history):
        with pytest.raises(DraftRefused, match="no such draft"):
            gone(second.id)


def test_a_removed_draft_leaves_none_of_its_texts(drafts):
    draft = drafts.create(TEXT)
    drafts.remove(draft.id)
    with sqlite3.connect(drafts.path) as raw:
        assert [raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("states", "told")] == [0, 0]


def test_ids_cannot_be_guessed(drafts):
    ids = {drafts.create(TEXT).id for _ in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) >= 22


def test_a_draft_is_nobody_elses(drafts):
    drafts.create(TEXT)
    assert {path.stat().st_mode & 0o077 for path in drafts.path.parent.glob("drafts.sqlite*")} == {0}


@pytest.mark.parametrize("text", ["x" * (4 * 1024 * 1024 + 1), "\ud800"], ids=["large", "half"])
def test_what_could_never_be_saved_is_refused(drafts, text):
    with pytest.raises(DraftRefused):
        drafts.create(text)


def test_a_file_that_holds_no_drafts_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but long enough to be looked at " * 50)
    before = file.read_bytes()
    with pytest.raises(DraftRefused, match="damaged, or is none"):
        Drafts(file).list()
    assert file.read_bytes() == before


def test_drafts_of_a_later_version_are_left_alone(drafts):
    drafts.create(TEXT)
    with sqlite3.connect(drafts.path) as raw:
        raw.execute("PRAGMA user_version=99")
    with pytest.raises(DraftRefused, match="another version"):
        drafts.list()


def test_another_programs_database_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "ledger.sqlite") as raw:
        raw.execute("CREATE TABLE drafts (theirs TEXT)")
    raw.close()
    before = (tmp_path / "ledger.sqlite").read_bytes()
    for ask in (lambda drafts: drafts.list(), lambda drafts: drafts.create(TEXT)):
        with pytest.raises(DraftRefused, match="another program's database"):
            ask(Drafts(tmp_path / "ledger.sqlite"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"ledger.sqlite": before}


def test_a_place_where_nothing_can_be_kept_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DraftRefused, match="cannot be kept there"):
        Drafts(tmp_path / "file" / "drafts.sqlite").create(TEXT)


def test_asking_for_a_draft_makes_no_file(drafts):
    assert drafts.list() == ()
    with pytest.raises(DraftRefused, match="no such draft"):
        drafts.open("guessed")
    assert not drafts.path.exists()


def test_a_damaged_state_is_told(drafts):
    draft = drafts.create(TEXT)
    with sqlite3.connect(drafts.path) as raw:
        raw.execute("UPDATE states SET guideline = x'00'")
    with pytest.raises(DraftRefused, match="damaged"):
        drafts.open(draft.id)


def test_the_environment_names_another_file():
    assert drafts_file({DRAFTS: "/srv/drafts.sqlite"}).as_posix() == "/srv/drafts.sqlite"
    assert drafts_file({}).parts[-2:] == ("edgewise", "drafts.sqlite")


CHANGING = """
import sys
from edgewise.graph.drafting.drafts import Drafts
from edgewise.graph.drafting.edits import Put
drafts, id = Drafts(sys.argv[1]), sys.argv[2]
draft = drafts.open(id)
for n in range(200):
    draft = drafts.change(id, draft.revision, Put("a", "order", n), f"Order {n}")
    print(n, flush=True)
"""


@pytest.mark.parametrize("after", [0, 7, 60])
def test_killed_amid_two_hundred_edits_nothing_acknowledged_is_lost(drafts, after):
    draft = drafts.create(TEXT)
    running = subprocess.Popen([sys.executable, "-c", CHANGING, str(drafts.path), draft.id], stdout=subprocess.PIPE, text=True)
    acknowledged = [int(running.stdout.readline()) for _ in range(after + 1)]
    running.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in running.stdout.read().split()]
    running.wait()
    with sqlite3.connect(drafts.path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = drafts.open(draft.id)
    kept = found.revision - 2
    assert kept in (acknowledged[-1], acknowledged[-1] + 1)
    assert found.text == applied(TEXT, Put("a", "order", kept))
    assert [one.said for one in drafts.history(draft.id)] == ["Begun", *(f"Order {n}" for n in range(kept + 1))]


TAKING_TURNS = """
import sys
from edgewise.graph.drafting.drafts import Drafts
from edgewise.graph.drafting.edits import Add
from edgewise.graph.drafting.errors import Overtaken
drafts, id, name = Drafts(sys.argv[1]), sys.argv[2], sys.argv[3]
for n in range(15):
    while True:
        draft = drafts.open(id)
        try:
            drafts.change(id, draft.revision, Add("steps", {"id": f"{name}{n}"}), f"{name}{n}")
            break
        except Overtaken as late:
            assert late.since
"""


def test_two_processes_on_one_draft_lose_nothing_of_each_other(drafts):
    draft = drafts.create(TEXT)
    both = [subprocess.Popen([sys.executable, "-c", TAKING_TURNS, str(drafts.path), draft.id, name]) for name in "xy"]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    said = [kept.said for kept in drafts.history(draft.id)][1:]
    assert sorted(said) == sorted(f"{name}{n}" for name in "xy" for n in range(15))
    assert drafts.open(draft.id).text == applied(TEXT, *(Add("steps", {"id": id}) for id in said))


class Editing(RuleBasedStateMachine):
    """Any sequence of edits, undos and redos equals the edits that remain."""

    def __init__(self):
        super().__init__()
        from tempfile import TemporaryDirectory

        self.folder = TemporaryDirectory()
        self.drafts = Drafts(f"{self.folder.name}/drafts.sqlite")
        self.draft = self.drafts.create(TEXT)
        self.done, self.undone = [], []

    @rule(value=st.text("ab: #\n'", max_size=5), key=st.sampled_from(["label", "summary"]))
    def put(self, key, value):
        edit = Put("a", key, value)
        if applied(self.draft.text, edit) == self.draft.text:
            return
        self.draft = self.drafts.change(self.draft.id, self.draft.revision, edit, repr(edit))
        self.done, self.undone = [*self.done, edit], []

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        self.draft = self.drafts.undo(self.draft.id, self.draft.revision)
        self.undone.append(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        self.draft = self.drafts.redo(self.draft.id, self.draft.revision)
        self.done.append(self.undone.pop())

    @rule()
    def come_back_another_day(self):
        self.drafts = Drafts(self.drafts.path)
        self.draft = self.drafts.open(self.draft.id)

    @invariant()
    def the_text_is_that_of_the_edits_that_remain(self):
        assert self.draft.text == applied(TEXT, *self.done)
        assert self.draft.undoable == (repr(self.done[-1]) if self.done else "")
        assert self.draft.redoable == (repr(self.undone[-1]) if self.undone else "")

    def teardown(self):
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_a_shared_draft_is_read_under_its_second_name_as_it_is_now(drafts):
    one = drafts.create(TEXT, Origin("/home/ann/guideline.yaml", "sha256:0"), "Hips", owner="ann")
    token = drafts.share(one.id)
    drafts.change(one.id, one.revision, Put("a", "label", "B"), "Label of a")
    read = drafts.shared(token)
    assert "label: B" in read.text
    assert (read.id, read.origin, read.owner, read.undoable) == (token, None, "", "")
    assert one.id not in token
    assert drafts.share(one.id) == token


def test_with_the_second_name_nothing_can_be_done_but_read(drafts):
    token = drafts.share(drafts.create(TEXT).id)
    for act in (
        lambda: drafts.change(token, 1, Put("a", "label", "B"), "Label"),
        lambda: drafts.undo(token, 1),
        lambda: drafts.remove(token),
        lambda: drafts.share(token),
        lambda: drafts.open(token),
    ):
        with pytest.raises(DraftRefused, match="no such draft"):
            act()


def test_what_is_shared_no_more_or_thrown_away_cannot_be_read(drafts):
    one, other = drafts.create(TEXT), drafts.create(TEXT)
    tokens = [drafts.share(draft.id) for draft in (one, other)]
    drafts.unshare(one.id)
    drafts.remove(other.id)
    for token in tokens:
        with pytest.raises(DraftRefused, match="no such draft"):
            drafts.shared(token)
    assert drafts.share(one.id) not in tokens


def test_the_id_itself_is_no_name_to_read_by(drafts):
    draft = drafts.create(TEXT)
    drafts.share(draft.id)
    with pytest.raises(DraftRefused):
        drafts.shared(draft.id)


def test_drafts_of_the_version_before_sharing_are_kept_and_can_be_shared(drafts):
    draft = drafts.create(TEXT)
    with sqlite3.connect(drafts.path) as raw:
        raw.execute("DROP TABLE shares")
        raw.execute("PRAGMA user_version=1")
    raw.close()
    assert drafts.shared(drafts.share(draft.id)).text == TEXT
