"""Final Draft files: what they hold, and what is refused."""

from pathlib import Path

import pytest
from fountain import FountainParser
from fountain.renderers.fdx import FDXRenderer

from bench.feature import write_feature
from previz.errors import ScriptError
from previz.model import ElementKind as Kind
from previz.script import parse_fdx, parse_fountain, read

LOCK = Path(__file__).parent / "data" / "the_lock.fdx"


def fdx(body, *, head=""):
    scene = '<Paragraph Type="Scene Heading"><Text>INT. A - DAY</Text></Paragraph>'
    return f"{head}<FinalDraft><Content>{scene}{body}</Content></FinalDraft>"


def paragraph(kind, text, *, attributes=""):
    return f'<Paragraph Type="{kind}" {attributes}><Text>{text}</Text></Paragraph>'


@pytest.fixture(scope="module")
def lock():
    return read(LOCK)


def test_title_page_lines_are_named(lock):
    assert (lock.title, lock.author) == ("THE LOCK", "The previz developers")
    assert dict(lock.title_page)["Draft date"] == "Second draft, 2026"
    assert dict(lock.title_page)["Contact"] == "hello@example.org"


def test_headings_keep_their_numbers(lock):
    found = [(s.slugline.text, s.slugline.number) for s in lock.scenes]
    assert found == [("INT. STAIRWELL - NIGHT", "12A"), ("EXT. STREET - DAWN", "13")]


def test_runs_of_text_are_joined_and_entities_read(lock):
    action = lock.scenes[0].elements[2]
    assert action.text.startswith("A bulb swings. NORA (30) sits on the top step &")


def test_cue_parenthetical_and_dialogue_become_one_speech(lock):
    speech, louder = [e for e in lock.scenes[0].elements if e.character == "NORA"][:2]
    assert (speech.text, speech.extension) == ("He changed it again.", "V.O., CONT'D")
    assert speech.parenthetical == "under her breath"
    assert (louder.text, louder.parenthetical) == ("Sam?", "louder")


def test_second_speech_of_a_dual_block_is_dual(lock):
    sam, nora = [e for e in lock.scenes[0].elements if "ome" in e.text and e.character]
    assert (sam.character, sam.dual) == ("SAM", False)
    assert (nora.character, nora.dual) == ("NORA", True)


def test_a_shot_is_action_and_begins_no_scene(lock):
    shot = next(e for e in lock.scenes[0].elements if e.text == "CLOSE ON THE LOCK")
    assert shot.kind is Kind.ACTION


def test_notes_summaries_and_page_breaks_are_kept(lock):
    found = {(e.kind, e.text) for s in lock.scenes for e in s.elements}
    assert (Kind.NOTE, "Brass or steel?") in found
    assert (Kind.SYNOPSIS, "Two people, one key.") in found
    assert (Kind.CENTERED, "THE END") in found
    assert lock.scenes[1].slugline.page == 2


def test_a_name_with_markup_and_a_path_is_plain_data(lock):
    assert lock.scenes[1].elements[0].character == "<b>../../ETC</b>"


def test_each_line_is_the_xml_line_of_its_first_word(lock):
    source = LOCK.read_text().split("\n")
    for item in (e for scene in lock.scenes for e in scene.elements if e.text):
        word = item.text.split()[0].replace("&", "&amp;").replace("<", "&lt;")
        assert word in source[item.line - 1]


def test_lines_stay_true_below_leading_empty_lines():
    play = parse_fdx("\n\n" + fdx("\n" + paragraph("Action", "Rain.")))
    assert play.scenes[0].elements[0].line == 4


def test_a_note_in_a_speech_does_not_end_it():
    note = "<ScriptNote><Paragraph><Text>hm</Text></Paragraph></ScriptNote>"
    body = paragraph("Character", "ANN") + (
        f'<Paragraph Type="Parenthetical"><Text>(low)</Text>{note}</Paragraph>'
    )
    speech, kept = (
        parse_fdx(fdx(body + paragraph("Dialogue", "Hi."))).scenes[0].elements
    )
    assert (speech.text, speech.parenthetical) == ("Hi.", "low")
    assert (kept.kind, kept.text) == (Kind.NOTE, "hm")


def test_a_feature_written_by_another_library_reads_the_same():
    text = write_feature(6, seed=4).replace("[[check with props]]", "")
    theirs = FDXRenderer().render(FountainParser().parse(text))
    wanted, got = parse_fountain(text), parse_fdx(theirs)

    def content(play):
        return [
            (
                s.slugline.text,
                [(e.kind, e.text, e.character, e.dual) for e in s.elements],
            )
            for s in play.scenes
        ]

    assert content(got) == content(wanted)
    assert (got.title, got.pages) == (wanted.title, wanted.pages)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html></html>", "Final Draft document"),
        ("<FinalDraft>\n<a></b>", r":2: .*well-formed XML.*mismatched tag"),
        ("<FinalDraft>", "well-formed XML"),
        ("INT. KITCHEN - NIGHT", "well-formed XML"),
        ("", "well-formed XML"),
        ("<FinalDraft/>", "type Scene Heading"),
        ("<FinalDraft>&lol;</FinalDraft>", "well-formed XML.*undefined entity"),
    ],
)
def test_what_is_no_final_draft_is_said(text, message):
    with pytest.raises(ScriptError, match=message):
        parse_fdx(text, source="a.fdx")


def test_billion_laughs_are_refused():
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10)
    )
    head = f"<!DOCTYPE FinalDraft [{entities}]>"
    with pytest.raises(ScriptError, match="no XML entities, got 'a0'"):
        parse_fdx(fdx(paragraph("Action", "&a9;"), head=head))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE FinalDraft [<!ENTITY x SYSTEM "file://{secret}">]>',
        '<!DOCTYPE FinalDraft [<!ENTITY % x SYSTEM "file://{secret}"> %x;]>',
        '<!DOCTYPE FinalDraft SYSTEM "file://{secret}">',
    ],
)
def test_no_other_file_is_read(tmp_path, head):
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY x "SECRET">')
    text = fdx(paragraph("Action", "&x;"), head=head.format(secret=secret))
    try:
        found = parse_fdx(text).to_json()
    except ScriptError as error:
        found = str(error)
    assert "SECRET" not in found
