"""Each rule of Fountain 1.1, one test a rule."""

import pytest

from previz.errors import ScriptError
from previz.model import ElementKind as Kind
from previz.script import parse_fountain

HEAD = "INT. KITCHEN - NIGHT\n\n"


def elements(text, *, head=HEAD):
    (scene,) = parse_fountain(head + text).scenes
    return scene.elements


def kinds(text, *, head=HEAD):
    return [(item.kind.value, item.text) for item in elements(text, head=head)]


def headings(text):
    return [scene.slugline.text for scene in parse_fountain(text).scenes]


@pytest.mark.parametrize(
    "line",
    [
        "INT. KITCHEN - NIGHT",
        "EXT. STREET - DAY",
        "EST. CITY - DAWN",
        "INT./EXT. CAR - DAY",
        "INT/EXT CAR - DAY",
        "I/E. CAR - DAY",
        "int. kitchen - night",
        "EXT KITCHEN",
        "INT. 台所 - 夜",
        "内景 厨房 - 夜",
        "INNEN. KÜCHE - NACHT",
        "INNEN/AUSSEN. AUTO - TAG",
        "INTÉRIEUR CUISINE - NUIT",
    ],
)
def test_scene_prefixes_make_a_heading(line):
    assert headings(f"{line}\n\nAction.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "INTERNAL AFFAIRS",
        "Interior design is a career.",
        "Exterior. It rains.",
        "Extra people arrive.",
        "Est il venu ?",
        "... and then",
        "..",
        ".",
    ],
)
def test_prose_is_no_heading(line):
    assert len(headings(f"{HEAD}{line}\n\nMore.")) == 1


def test_forced_headings_lose_their_period():
    assert headings(".台所 - 夜\n\n.FLASHBACK\n") == ["台所 - 夜", "FLASHBACK"]


def test_heading_inside_a_paragraph_is_action():
    assert kinds("He reads:\nINT. ROOM - DAY\n") == [
        ("action", "He reads:\nINT. ROOM - DAY")
    ]


@pytest.mark.parametrize(
    "line", ["# Act", "= Gist", "ANN\nHi.\n===", "> FADE.", ".FIRST"]
)
def test_heading_needs_no_empty_line_below_what_is_no_paragraph(line):
    assert headings(f"{HEAD}{line}\nINT. CAR - DAY\n\nRain.")[-1] == "INT. CAR - DAY"


def test_heading_directly_above_action_still_begins_a_scene():
    assert headings("INT. CAR - DAY\nAnn drives.") == ["INT. CAR - DAY"]


@pytest.mark.parametrize("number", ["1", "12A", "110-A", "1.2", "A.1-b"])
def test_scene_number_is_taken_off_the_heading(number):
    slugline = parse_fountain(f"INT. A - DAY #{number}#\n").scenes[0].slugline
    assert (slugline.number, slugline.text) == (number, "INT. A - DAY")


def test_hashes_that_hold_no_number_stay_in_the_heading():
    assert headings("INT. ROOM # 4 & 5#\n") == ["INT. ROOM # 4 & 5#"]


def test_consecutive_lines_are_one_action_and_keep_breaks_and_indents():
    text = elements("A door.\n    It opens.\n\tSlowly.\n\nAnn.")[0].text
    assert text == "A door.\n    It opens.\n    Slowly."


def test_forced_action_keeps_capitals_from_being_a_cue():
    assert kinds("!BOOM\nThe wall goes.") == [("action", "BOOM\nThe wall goes.")]


def test_speech_carries_cue_extension_and_parenthetical():
    (speech,) = elements("ANN (V.O.) (CONT'D)\n(softly)\nHello\nthere.")
    assert speech.kind is Kind.DIALOGUE
    assert (speech.character, speech.extension) == ("ANN", "V.O., CONT'D")
    assert (speech.parenthetical, speech.text) == ("softly", "Hello\nthere.")


@pytest.mark.parametrize(
    "cue", ["ANN", "R2D2", "MR. O'BRIEN-SMITH", "COP #2", "ÉLODIE", "ЖЕНЯ", "ΣΟΦΙΑ"]
)
def test_capitals_above_a_line_are_a_cue(cue):
    assert elements(f"{cue}\nHello.")[0].character == cue


@pytest.mark.parametrize("line", ["23", "McCLANE", "Ann", "黒澤", "ANN smiles"])
def test_other_lines_are_no_cue(line):
    assert elements(f"{line}\nHello.")[0].kind is Kind.ACTION


def test_capitals_with_an_empty_line_below_are_action():
    assert kinds("SILENCE\n\nHello.") == [("action", "SILENCE"), ("action", "Hello.")]


def test_capitals_with_no_empty_line_above_are_action():
    assert kinds("He shouts:\nANN\nHello.") == [("action", "He shouts:\nANN\nHello.")]


@pytest.mark.parametrize("name", ["McCLANE", "黒澤", "<b>../../ETC</b>", "ann"])
def test_forced_cue_keeps_the_name_as_written(name):
    assert elements(f"@{name} (O.S.)\nHello.")[0].character == name


def test_parenthetical_in_the_middle_begins_a_second_part():
    first, second = elements("ANN\nHello.\n(beat)\nBye.")
    assert (first.text, first.parenthetical) == ("Hello.", "")
    assert (second.text, second.parenthetical) == ("Bye.", "beat")
    assert (second.character, second.line) == ("ANN", 6)


def test_speech_without_words_keeps_its_parenthetical():
    (speech,) = elements("ANN\n(nods)\n")
    assert (speech.text, speech.parenthetical, speech.line) == ("", "nods", 4)


def test_two_spaces_continue_a_speech_and_an_empty_line_ends_it():
    assert [e.text for e in elements("ANN\nOne.\n  \nTwo.\n\nThree.")] == [
        "One.\n\nTwo.",
        "Three.",
    ]


def test_caret_makes_dual_dialogue_with_the_speech_before():
    ann, bob, cid = elements("ANN\nNo.\n\nBOB ^\nYes.\n\nCID\nWhat?")
    assert [ann.dual, bob.dual, cid.dual] == [False, True, False]
    assert bob.character == "BOB"


def test_caret_with_no_speech_before_is_not_dual():
    assert elements("Rain.\n\nBOB ^\nYes.")[1].dual is False


def test_lyrics_belong_to_who_sings():
    before, inside = elements("~Tra la.\n\nANN\n~Willy Wonka!\n")
    assert (before.kind, before.character) == (Kind.LYRIC, "")
    assert (inside.kind, inside.character) == (Kind.LYRIC, "ANN")
    assert inside.text == "Willy Wonka!"


@pytest.mark.parametrize("line", ["CUT TO:", "SMASH-CUT TO:", "FADE OUT.", "FADE IN:"])
def test_transitions_stand_alone_in_capitals(line):
    assert kinds(f"Rain.\n\n{line}\n\nSun.")[1] == ("transition", line)


@pytest.mark.parametrize("line", ["He wants to:", "Cut to:", "GIVE IT TO"])
def test_other_lines_are_no_transition(line):
    assert kinds(f"Rain.\n\n{line}\n\nSun.")[1] == ("action", line)


def test_forced_transition_and_centred_text():
    assert kinds("> Burn to white.\n\n> THE END <\n\n>.<") == [
        ("transition", "Burn to white."),
        ("centered", "THE END"),
        ("centered", "."),
    ]


def test_section_synopsis_and_page_break():
    assert kinds("# Act One\n## Middle\n= They meet.\n\n===\n\n=====\n") == [
        ("section", "Act One"),
        ("section", "Middle"),
        ("synopsis", "They meet."),
        ("page_break", ""),
        ("page_break", ""),
    ]


@pytest.mark.parametrize("mark", ["!", "#", "=", ">", "><", "~", "[[ ]]"])
def test_a_mark_with_no_words_is_nothing(mark):
    assert kinds(f"One.\n\n{mark}\n\nTwo.") == [("action", "One."), ("action", "Two.")]


def test_note_is_taken_out_of_the_line_it_stands_in():
    assert kinds("Ann [[tall?]] waits.") == [
        ("action", "Ann waits."),
        ("note", "tall?"),
    ]


def test_note_spans_lines_but_not_an_empty_one():
    assert kinds("[[one\n  \ntwo]]") == [("note", "one\n  \ntwo")]
    assert kinds("[[one\n\ntwo]]") == [("action", "[[one"), ("action", "two]]")]


def test_note_inside_a_speech_does_not_end_it():
    note, speech = elements("ANN\n[[louder]]\nHello.\n")
    assert (speech.text, speech.line) == ("Hello.", 5)
    assert (note.kind, note.line) == (Kind.NOTE, 4)


def test_boneyard_disappears_and_lines_stay_true():
    text = "One.\n\n/* INT. OLD - DAY\n\nGone. */\n\nTwo /* x */ three.\n"
    one, two = elements(text)
    assert (two.text, two.line, one.line) == ("Two three.", 9, 3)


def test_what_follows_a_closed_comment_or_note_has_no_gap():
    for open_, close in (("/*", "*/"), ("[[", "]]")):
        assert kinds(f"One {open_} x\n{close} two.")[0] == ("action", "One\ntwo.")


def test_characters_that_no_text_holds_are_dropped():
    assert kinds("A\x00b\ud800c.") == [("action", "Abc.")]


def test_boneyard_within_a_speech_does_not_end_it():
    assert elements("ANN\n/* old line */\nNew line.")[0].text == "New line."


@pytest.mark.parametrize("open_", ["/* never closed", "[[ never closed", "/*/", "*/"])
def test_what_is_never_closed_is_text(open_):
    assert kinds(f"{open_}\n\nMore.") == [("action", open_), ("action", "More.")]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("*a* **b** ***c*** _d_", "a b c d"),
        ("_**both**_", "both"),
        ("**bold *and italic***", "bold and italic"),
        (r"\*star\* and \_line\_", "*star* and _line_"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("snake_case_name", "snake_case_name"),
        ("*never closed", "*never closed"),
        ("*not\nacross lines*", "*not\nacross lines*"),
        (r"C:\..\ETC", r"C:\..\ETC"),
    ],
)
def test_emphasis_is_removed_and_escapes_are_honoured(marked, text):
    assert kinds(f"!{marked}") == [("action", text)]


def test_title_page():
    play = parse_fountain(
        "Title:\n    _**BRICK & STEEL**_\n    FULL RETIRED\nCredit: Written by\n"
        "Author: Stu\nDraft date: 1/20/2012\nContact:\n\tNext Level\n\t1588 Mission\n"
        f"\n{HEAD}"
    )
    assert (play.title, play.author) == ("BRICK & STEEL FULL RETIRED", "Stu")
    assert ("Contact", "Next Level\n1588 Mission") in play.title_page
    assert play.scenes[0].slugline.line == 11


def test_a_heading_ends_the_title_page_without_an_empty_line():
    play = parse_fountain("Title: T\nINT. ROOM: LATE - DAY\n\nRain.")
    assert (play.title_page, len(play.scenes)) == ((("Title", "T"),), 1)


@pytest.mark.parametrize("first", ["FADE IN:", "CUT TO:", "Ann: hello", "12:30. Rain."])
def test_a_colon_alone_makes_no_title_page(first):
    play = parse_fountain(f"{first}\n\n{HEAD}")
    assert play.title_page == ()
    assert play.scenes[0].elements[0].text == first


def test_what_stands_before_the_first_heading_is_kept():
    play = parse_fountain(f"FADE IN:\n\n# Act One\n\n{HEAD}Rain.")
    assert [item.line for item in play.scenes[0].elements] == [1, 3, 7]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_change_nothing(end, mark):
    text = (
        f"Title: T\n\n{HEAD}ANN\n(softly)\nHello.\n  \nBye. [[n]]\n\n/* x\n\n*/\nRain."
    )
    assert parse_fountain(mark + text.replace("\n", end)) == parse_fountain(text)


def test_forty_characters_in_one_scene():
    cast = [f"GUEST {number}" for number in range(40)]
    text = "\n\n".join(f"{name}\nHello." for name in cast)
    assert [item.character for item in elements(text)] == cast


def test_no_heading_names_the_line_that_comes_nearest():
    with pytest.raises(ScriptError, match=r"draft\.txt:3: .*INT\. KITCHEN - NIGHT"):
        parse_fountain("Prose.\n\nScene 1: the kitchen.\n", source="draft.txt")


def test_no_heading_and_nothing_near_names_no_line():
    with pytest.raises(ScriptError) as caught:
        parse_fountain("Once upon a time.\n")
    assert caught.value.line == 0


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "/* all gone */"])
def test_nothing_to_read_is_said(text):
    with pytest.raises(ScriptError, match="nothing to read"):
        parse_fountain(text)


def test_too_long_a_text_is_refused_at_once():
    with pytest.raises(ScriptError, match=r"<= 20 MB, got 50\.0 MB"):
        parse_fountain("x" * 50_000_000)
