"""Edits of a case file: what they say, and that everything else stays as its author wrote it."""

import copy
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from detente import gallery
from detente.case import editing
from detente.case.editing import Edit, EditError, edited, merged

TEXT = """\
# A dispute about a ferry.
title: The ferry   # as the paper calls it

parties:
    town:
        name: "The town"
        options:
            pay: Pay the subsidy
            sue: {label: Go to court, irreversible: true}
    line:
        # The operator.
        name: 'Ferry line'
        options:
            sail: Sail in winter

preferences:
    town:
    - line.sail   # above all
    - {that: not town.pay, cite: [{report: "01", quote: not another penny}]}
    # The court is slow.
    - not town.sue
    line:
    - town.pay
"""


def changed_lines(before, after):
    return set(before.splitlines()) ^ set(after.splitlines())


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (
            Edit("put", ("title",), "The winter ferry"),
            {
                "title: The ferry   # as the paper calls it",
                "title: The winter ferry # as the paper calls it",
            },
        ),
        (Edit("put", ("as_of",), "2018-02-27"), {"as_of: '2018-02-27'"}),
        (
            Edit("drop", ("preferences", "town", 2)),
            {"    # The court is slow.", "    - not town.sue"},
        ),
        (Edit("rename", ("parties", "line"), to="ferry"), {"    ferry:"}),
        (
            Edit("insert", ("preferences", "line", 0), "line.sail"),
            {"    - line.sail"},
        ),
        (Edit("insert", ("target",), "line.sail", before="parties"), {"target: line.sail"}),
    ],
)
def test_only_what_is_edited_changes(edit, lines):
    assert changed_lines(TEXT, edited(TEXT, [edit])) == lines


def test_a_moved_item_takes_its_comment_along():
    after = edited(TEXT, [Edit("move", ("preferences", "town", 0), to=2)])
    assert re.search(r"^    - line.sail +# above all$", after, re.MULTILINE)
    assert YAML(typ="safe").load(after)["preferences"]["town"][2] == "line.sail"


def test_what_is_said_of_the_next_item_stays():
    after = edited(TEXT, [Edit("drop", ("preferences", "town", 1))])
    assert "    # The court is slow.\n    - not town.sue\n" in after


def test_no_edit_leaves_every_byte():
    assert edited(TEXT, []) == TEXT
    assert edited(TEXT, [Edit("put", ("title",), "The ferry")]) == TEXT


def test_a_case_can_begin_with_nothing():
    after = edited("", [Edit("put", ("parties", "a", "name"), "A")])
    assert YAML(typ="safe").load(after) == {"parties": {"a": {"name": "A"}}}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit("drop", ("preferences", "town", 7)), "preferences, town, number 8 is not in"),
        (Edit("drop", ("colour",)), "colour is not in the file"),
        (Edit("move", ("preferences", "town", 0), to=9), "cannot be moved to place 10"),
        (Edit("move", ("parties", "town"), to=0), "is not in a list"),
        (Edit("rename", ("parties", "town"), to="line"), "'line' is there already"),
        (Edit("insert", ("title",), "x"), "is there already"),
        (Edit("put", (), "x"), "needs a place"),
    ],
)
def test_an_edit_that_does_not_fit_says_so(edit, words):
    with pytest.raises(EditError, match=words):
        edited(TEXT, [edit])


@pytest.mark.parametrize("text", ["a: [1", "- a\n- b\n", "a: 1\na: 2\n", "\t- x: y"])
def test_what_is_no_case_file_is_told(text):
    with pytest.raises(EditError, match="mend it first"):
        edited(text, [Edit("put", ("title",), "x")])


# --- against a plain document -------------------------------------------------------------------

WORDS = st.sampled_from(["alpha", "beta gamma", "no", "12", "it's", "a: b", "# c", "", "ä “q”"])
KEYS = st.sampled_from(["k1", "k2", "k3"])
STEPS = st.tuples(
    st.sampled_from(["put", "insert", "drop", "move", "rename"]),
    KEYS,
    st.integers(0, 3),
    st.integers(0, 3),
    WORDS,
    KEYS,
)
LISTS = {"k1": ["a", "b"], "k2": ["c"]}
FILE = "# head\nk1:   # one\n  - a\n  # before b\n  - b   # b\nk2: [c]\n"


def plainly(data, step):
    """Do the same to lists and dicts; None where it does not fit."""
    do, key, at, to, word, other = step
    data = copy.deepcopy(data)
    if do == "rename":
        if key not in data or (other in data and other != key):
            return None
        return {other if k == key else k: v for k, v in data.items()}
    if key not in data:
        return data | {key: [word]} if do in ("put", "insert") and at == 0 else None
    items = data[key]
    if do == "put" and at <= len(items):
        items[at : at + 1] = [word]
    elif do == "insert" and at <= len(items):
        items.insert(at, word)
    elif do == "drop" and at < len(items):
        del items[at]
    elif do == "move" and at < len(items) and to < len(items):
        items.insert(to, items.pop(at))
    else:
        return None
    return data


def as_edit(step):
    do, key, at, to, word, other = step
    if do == "rename":
        return Edit("rename", (key,), to=other)
    return Edit(do, (key, at), word, to=to)


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=6))
def test_edits_say_what_lists_and_dicts_would(steps):
    text, data = FILE, LISTS
    for step in steps:
        wanted = plainly(data, step)
        if wanted is None:
            with pytest.raises(EditError):
                edited(text, [as_edit(step)])
            continue
        after = edited(text, [as_edit(step)])
        assert YAML(typ="safe").load(after) == wanted
        assert list(YAML(typ="safe").load(after)) == list(wanted)
        assert merged(after, after, text).text == text  # the undo
        text, data = after, wanted
    assert text.startswith("# head\n")


# --- two sets of changes ------------------------------------------------------------------------

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=7).map("".join)


@given(LINES, LINES)
def test_one_side_s_changes_are_taken_whole(base, mine):
    assert merged(base, mine, base).text == mine
    assert merged(base, base, mine).text == mine
    assert merged(base, mine, mine).text == mine


def test_changes_far_apart_come_together():
    base = "".join(f"{n}\n" for n in range(9))
    both = merged(base, base.replace("1\n", "one\n"), base.replace("7\n", "seven\nmore\n"))
    assert both.text == base.replace("1\n", "one\n").replace("7\n", "seven\nmore\n")
    assert both.clashes == ()


def test_changes_of_one_line_clash_and_mine_stay():
    both = merged("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n")
    assert (both.text, both.clashes) == ("a\nmine\nc\n", ((2, 3),))


def test_an_undo_keeps_what_came_after():
    first = edited(TEXT, [Edit("put", ("title",), "One")])
    later = edited(first, [Edit("drop", ("preferences", "town", 2))])
    undone = merged(first, later, TEXT)
    assert undone.clashes == ()
    assert undone.text == edited(TEXT, [Edit("drop", ("preferences", "town", 2))])


def test_a_formula_that_becomes_a_mapping_keeps_its_comment():
    text = "a:   # most important first\n  - x\n  - y   # far away\n  # of z\n  - z\n"
    made = edited(text, [Edit("put", ("a", 1), {"that": "y"}), Edit("put", ("a", 1, "note"), "n")])
    assert made.startswith("a:   # most important first\n  - x\n  - that: y")
    assert "# far away" in made
    assert "# of z" in made
    assert editing._plain(made) == [("a", ["list", "x", [("that", "y"), ("note", "n")], "z"])]


# --- a part of a file edited for the whole --------------------------------------------------------

PLACES = [
    ("preferences", "usa", 3),
    ("preferences", "prk", 0),
    ("preferences", "prk", 0, "note"),
    ("conditions", 0, "firmness"),
    ("conditions", 2),
    ("parties", "usa", "options", "talk"),
    ("parties", "usa", "options", "terms", "levels", "more"),
    ("parties", "new", "name"),
    ("risk", "tick"),
    ("outcomes", "war", "label"),
    ("infeasible", 6),
    ("title",),
    ("mediators",),
    ("talks", 0),
]


@pytest.mark.slow
@pytest.mark.parametrize("do", ["put", "insert", "drop"])
@pytest.mark.parametrize("way", PLACES, ids=str)
@pytest.mark.parametrize("case", ["korea-2018", "us-china-trade"])
def test_a_part_edited_says_what_the_whole_file_edited_says(case, way, do):
    """The oracle is the slow way: the whole file read and written."""
    text = (gallery.folder(case) / "case.yaml").read_text("utf-8")
    edit = Edit(do, way, "a value")

    def tried(edited):
        try:
            return editing._plain(edited(text, [edit]))
        except EditError as error:
            return str(error)

    assert tried(editing.edited) == tried(editing._edited)


SHORT = """\
# head
k1:   # one
  a:
    # of x
    - x   # x
    - {y: 1}

  # of b
  b: {c: 1}
# of k2
k2: [p, q]
k3:
- r
- s
"""

SHORT_PLACES = [
    ("k1", "a", 0),
    ("k1", "a", 1, "y"),
    ("k1", "a", 2),
    ("k1", "b", "c"),
    ("k1", "b", "new"),
    ("k1", "new"),
    ("k1", "new", "newer"),
    ("k2", 0),
    ("k2", 2),
    ("k3", 1),
    ("k3", 2),
    ("k4", "x"),
]


@pytest.mark.parametrize("do", ["put", "insert", "drop", "move"])
@pytest.mark.parametrize("way", SHORT_PLACES, ids=str)
def test_a_part_of_a_short_file_edited_says_what_the_whole_says(way, do):
    def tried(edited):
        try:
            return editing._plain(edited(SHORT, [Edit(do, way, "a value")]))
        except EditError as error:
            return str(error)

    assert tried(editing.edited) == tried(editing._edited)


ITEMS = st.sampled_from(
    ["- x", "- {y: 1}", "- y: 1\n  z: 2   # z", "- 'it''s'   # said", "- >-\n  two\n  words",
     "- |\n  kept\n", "- [p, q]", "-\n  that: x", '- "two\n  lines"', "- y:\n  - a\n  - b"]
)  # fmt: skip
NOTES = st.sampled_from(["", "# a note\n", "\n", "# one\n# two\n"])
LISTED = st.lists(st.tuples(NOTES, ITEMS), min_size=1, max_size=4)


def listed(items, indent):
    text = "".join(f"{note}{item}\n" for note, item in items)
    return re.sub("^(?=.)", " " * indent, text, flags=re.MULTILINE)


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(LISTED, LISTED, LISTED),
    st.sampled_from([0, 2]),
    st.sampled_from(["", "\n", "  # of b\n"]),
    st.sampled_from([("k1", "a"), ("k1", "b"), ("k2",)]),
    st.sampled_from(["put", "insert", "drop", "move", "long form"]),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_items_of_a_list_edited_alone_say_what_the_whole_says(lists, dash, note, way, do, at, to):
    """The oracle is the slow way: the whole file read and written.

    It takes a comment that stands below the list for one of its last item, and moves it along or
    loses it with that item.
    """
    a, b, c = (listed(one, dash + more) for one, more in zip(lists, (2, 2, 0), strict=True))
    text = f"# head\nk1:   # one\n  a:  # of a\n{a}{note}  b:\n{b}\nk2:\n{c}"
    place = (*way, at)
    edits = [Edit(do, place, "new", to=to)]
    if do == "long form":
        edits = [Edit("put", place, {"that": "x"}), Edit("put", (*place, "note"), "new")]

    def tried(edited):
        try:
            made = edited(text, edits)
            return editing._plain(made), Counter(re.findall("#.*", made))
        except EditError as error:
            return str(error), Counter()

    (says, comments), (whole, its_comments) = tried(editing.edited), tried(editing._edited)
    assert says == whole
    assert comments >= its_comments


def test_a_comment_above_an_item_stays_when_it_gets_its_long_form():
    text = "a:\n- {y: 1}\n# a note\n- x   # said\nb: 1\n"
    long = [Edit("put", ("a", 1), {"that": "x"}), Edit("put", ("a", 1, "note"), "new")]
    whole = editing._edited(text, [*long, Edit("put", ("b",), "2")])
    assert re.findall("#.*", whole) == ["# a note", "# said"]


def test_an_item_below_its_dash_may_get_another_key():
    """Where the author's indentation and the writer's do not go together, what is said counts."""
    made = edited("said:\n-\n  that: x\n", [Edit("put", ("said", 0, "note"), "new")])
    assert YAML(typ="safe").load(made) == {"said": [{"that": "x", "note": "new"}]}


def test_lines_that_cannot_be_told_apart_by_their_beginnings_are_edited_as_a_whole():
    odd = 'a: "one\nb: two"\nb:\n  c: 1\nc:\n- x\n- y\n'
    assert edited(odd, [Edit("put", ("b", "c"), "2")]).splitlines()[-4:-3] == ["  c: '2'"]
    assert edited(odd, [Edit("move", ("c", 0), to=1)]).endswith("- y\n- x\n")


def test_what_follows_a_list_stays_behind_what_is_put_at_its_end():
    text = "k1:\n  - a\n\n# about k2\nk2: 1\n"
    assert edited(text, [Edit("put", ("k1", 1), "b")]) == "k1:\n  - a\n  - b\n\n# about k2\nk2: 1\n"
