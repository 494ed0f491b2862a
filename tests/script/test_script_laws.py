"""Laws that hold for any text: no other error, true lines, bounded time."""

import time

import pytest
from fountain import FountainParser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.feature import write_feature
from previz.errors import ScriptError
from previz.model import ElementKind as Kind
from previz.script import parse_fdx, parse_fountain
from previz.script.marks import plain

LAW = settings(
    max_examples=300,
    deadline=2000,
    suppress_health_check=[HealthCheck.too_slow],
)

PIECES = st.sampled_from(
    [
        *"\n\n\n\r\t .!@>#=~^*_\\[](){}/<:-–",
        *("[[", "]]", "/*", "*/", "  \n", "\r\n", "===", "#12A#", "\ufeff", "\x00"),
        *("INT. ", "EXT ", "I/E", " - NIGHT", "ANN\n", "(V.O.)", "CUT TO:", "Title: "),
        *("word", "Ünï", "夜", "台所", "ЖЕНЯ", "\ud800", "\u2028", "ß", "🎬"),
    ]
)
ROUGH = st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join)


@LAW
@given(ROUGH | st.text())
def test_any_text_is_a_screenplay_or_a_script_error(text):
    for reader in (parse_fountain, parse_fdx):
        try:
            play = reader(text)
        except ScriptError:
            continue
        assert type(play).from_json(play.to_json()) == play


XML = st.sampled_from(
    [
        "<Paragraph>",
        '<Paragraph Type="Scene Heading">',
        '<Paragraph Type="Character">',
        '<Paragraph Type="Dialogue">',
        '<Paragraph Type="Note" StartsNewPage="Yes">',
        *("</Paragraph>", "<Text>", "</Text>", "<DualDialogue>", "</DualDialogue>"),
        *("INT. A - DAY", "ANN (V.O.)", "&lt;", "&#233;", "&x;", "\n", "<ScriptNote>"),
        *("</ScriptNote>", "<TitlePage>", "</TitlePage>", "<![CDATA[x]]>", "<!-- -->"),
    ]
)


@LAW
@given(st.lists(XML, max_size=40).map("".join))
def test_any_xml_is_a_screenplay_or_a_script_error(body):
    try:
        play = parse_fdx(f"<FinalDraft><Content>{body}</Content></FinalDraft>")
    except ScriptError:
        return
    assert type(play).from_json(play.to_json()) == play


HEADING = "INT. A - DAY\n\n"


@LAW
@given(ROUGH)
def test_the_first_word_stands_in_the_line_that_is_named(text):
    # Comments inside a word join what the source has apart; only they may do so.
    text = text.replace("/*", "").replace("[[", "")
    text = "".join(c for c in text if c.isprintable() or c in "\n\r")
    text = text.encode("utf-8", "ignore").decode()
    try:
        play = parse_fountain(HEADING + text)
    except ScriptError:
        return
    lines = (HEADING + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for scene in play.scenes:
        where = scene.slugline.line
        assert bare(scene.slugline.text.split()[:1]) in bare([lines[where - 1]])
        for item in scene.elements:
            assert bare(item.text.split()[:1]) in bare([lines[item.line - 1]])


def bare(words):
    """Drop what emphasis and forcing marks may have taken away."""
    return "".join(words).translate(str.maketrans("", "", "*_\\"))


BLOCKS = st.sampled_from(
    [
        ("INT. HALL - DAY #4#", [(None, "INT. HALL - DAY", 0)]),
        (".夜の台所", [(None, "夜の台所", 0)]),
        ("A door.\nIt opens.", [(Kind.ACTION, "A door.\nIt opens.", 0)]),
        ("!LOUD\nnoise", [(Kind.ACTION, "LOUD\nnoise", 0)]),
        ("ANN (O.S.)\nHello.", [(Kind.DIALOGUE, "Hello.", 1)]),
        ("@ann\n(low)\nYes.", [(Kind.DIALOGUE, "Yes.", 2)]),
        ("ANN\nA.\n(b)\nC.", [(Kind.DIALOGUE, "A.", 1), (Kind.DIALOGUE, "C.", 3)]),
        ("ANN\n/* old\n\nold */\nNew.", [(Kind.DIALOGUE, "New.", 4)]),
        ("ANN\nOne.\n  \nTwo.", [(Kind.DIALOGUE, "One.\n\nTwo.", 1)]),
        ("Rain [[why?\n  \n]] falls.", [(Kind.ACTION, "Rain\nfalls.", 0)]),
        ("/* gone\n\n\n*/", []),
        ("CUT TO:", [(Kind.TRANSITION, "CUT TO:", 0)]),
        ("> THE END <", [(Kind.CENTERED, "THE END", 0)]),
        ("# Act", [(Kind.SECTION, "Act", 0)]),
        ("= Gist", [(Kind.SYNOPSIS, "Gist", 0)]),
        ("===", [(Kind.PAGE_BREAK, "", 0)]),
        ("~la la", [(Kind.LYRIC, "la la", 0)]),
    ]
)
TITLES = st.sampled_from(["", "Title: T\n\n", "Title:\n\tT\nAuthor: A\n\n\n"])


@LAW
@given(
    TITLES,
    st.lists(st.tuples(BLOCKS, st.integers(1, 3)), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_every_kind_is_known_at_its_true_line_in_any_order(title, blocks, end, mark):
    text = title + HEADING
    wanted = [(None, "INT. A - DAY", title.count("\n") + 1)]
    for (source, found), empty in blocks:
        line = text.count("\n") + 1
        wanted += [(kind, words, line + offset) for kind, words, offset in found]
        text += source + "\n" * (empty + 1)
    play = parse_fountain(mark + text.replace("\n", end))
    got = [
        (kind, words, line)
        for scene in play.scenes
        for kind, words, line in [
            (None, scene.slugline.text, scene.slugline.line),
            *((e.kind, e.text, e.line) for e in scene.elements),
        ]
        if kind is not Kind.NOTE
    ]
    assert got == wanted


@LAW
@given(st.text(alphabet="*_\\a ", max_size=40))
def test_emphasis_takes_only_marks_away(text):
    left = plain(text)
    assert bare([left]) == bare([text])
    assert len(left) <= len(text)


def test_a_plain_feature_reads_as_in_fountain_py():
    text = write_feature(12, seed=5)
    theirs = []
    for item in FountainParser().parse(text).elements:
        columns = (
            [part for side in item.dual_dialogue_columns() for part in side]
            if item.type.value == "dual_dialogue"
            else [item]
        )
        theirs += [
            (part.type.value, part.text, part.line_number)
            for part in columns
            if part.type.value not in ("character", "parenthetical", "note")
        ]
    ours = []
    for scene in parse_fountain(text).scenes:
        before = [e for e in scene.elements if e.line < scene.slugline.line]
        after = scene.elements[len(before) :]
        heading = ("scene_heading", scene.slugline.text, scene.slugline.line)
        ours += [(e.kind.value, e.text, e.line) for e in before]
        ours += [heading, *((e.kind.value, e.text, e.line) for e in after)]
    assert [item for item in ours if item[0] != "note"] == theirs


N = 60_000
PATHOLOGICAL = {
    "open brackets": "[" * N,
    "notes": "[[a]]" * (N // 5),
    "open notes": "[[a\n" * (N // 4),
    "comments on a line": "a /*x*/ " * (N // 8),
    "open comments": "/*" * (N // 2),
    "stars": "*a " * (N // 3),
    "mixed marks": "*_" * (N // 2),
    "spaces": " " * N + "x",
    "dashes": "INT. " + " -" * (N // 2),
    "hashes": "INT. A " + "#" * N,
    "brackets after a cue": "ANN " + "(" * N + "\nhi",
    "parentheticals": "ANN\n" + "(a)\n" * (N // 4),
    "dual": "ANN\nHi.\n\nBOB ^\nHo.\n\n" * (N // 20),
    "one word": "x" * N,
    "wide": "夜" * N,
    "transition": "A " * (N // 2) + "TO:",
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_text_takes_bounded_time(name):
    begin = time.process_time()
    parse_fountain(HEADING + PATHOLOGICAL[name])
    assert time.process_time() - begin < 2.0
