"""Files on disk: encodings, and a clear word for each thing that is no screenplay."""

import os

import pytest

from previz.errors import ScriptError
from previz.script import demo_path, read

PLAY = "INT. CAFÉ - NIGHT\n\nÉLODIE\nOui, c'est “ça”.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_usual_encoding_reads_the_same(tmp_path, encoding):
    path = tmp_path / "play.fountain"
    path.write_bytes(PLAY.encode(encoding))
    scene = read(path).scenes[0]
    assert scene.slugline.place == "CAFÉ"
    assert scene.elements[0].character == "ÉLODIE"
    assert scene.elements[0].text == "Oui, c'est “ça”."


def test_utf_16_final_draft_is_read(tmp_path):
    path = tmp_path / "play.fdx"
    path.write_bytes(
        (
            '<?xml version="1.0" encoding="UTF-16"?><FinalDraft><Content>'
            '<Paragraph Type="Scene Heading"><Text>INT. CAFÉ - DAY</Text></Paragraph>'
            "</Content></FinalDraft>"
        ).encode("utf-16")
    )
    assert read(path).scenes[0].slugline.place == "CAFÉ"


def test_content_decides_when_a_final_draft_file_has_another_name(tmp_path):
    path = tmp_path / "play.txt"
    path.write_text('<?xml version="1.0"?>\n<opml/>')
    with pytest.raises(ScriptError, match=r"Final Draft document.*<opml>"):
        read(path)


def test_source_is_the_file_name_without_its_folder(tmp_path):
    path = tmp_path / "play.fountain"
    path.write_text(PLAY, encoding="utf-8")
    assert read(path).source == "play.fountain"
    assert read(str(path)) == read(path)


def test_a_name_that_is_not_unicode_is_kept_as_text(tmp_path):
    path = tmp_path / os.fsdecode(b"a\xff.fountain")
    path.write_text(PLAY, encoding="utf-8")
    screenplay = read(path)
    assert screenplay.source == "a\ufffd.fountain"
    assert screenplay.to_json().encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty file"),
        (b" \r\n\t ", "empty file"),
        (b"%PDF-1.7\n", "got a PDF.*Export it"),
        (b"PK\x03\x04\x00", "zip archive"),
        (b"{\\rtf1 INT. A - DAY}", "rich text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG picture"),
        (bytes(range(256)) * 4, "binary file"),
        (b"INT. A - DAY\n\n\x00\x01\x02\x03" * 9, "binary file"),
        (b"Dear diary,\n\nnothing happened.\n", r"play\.fountain: .*heading such as"),
        (b"INT. A - DAY\n\n" + b"Rain.\n" * 99 + b"\x00", "binary file"),
        (b"\xff\xfe", "nothing to read"),
    ],
)
def test_what_is_no_screenplay_is_said(tmp_path, data, message):
    path = tmp_path / "play.fountain"
    path.write_bytes(data)
    with pytest.raises(ScriptError, match=message) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_missing_file_directory_and_pipe_are_told_apart(tmp_path):
    with pytest.raises(ScriptError, match="nothing there"):
        read(tmp_path / "none.fountain")
    with pytest.raises(ScriptError, match="got a directory"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ScriptError, match="device or pipe"):
        read(tmp_path / "pipe")


def test_a_path_that_no_file_can_have_is_an_error_of_ours(tmp_path):
    for name in ("a" * 5000, "nul\0byte"):
        with pytest.raises(ScriptError):
            read(tmp_path / name)


def test_a_file_that_is_too_long_is_refused_unread(tmp_path):
    path = tmp_path / "long.fountain"
    with path.open("wb") as file:
        file.truncate(500_000_000_000)  # no memory holds it
    with pytest.raises(ScriptError, match=r"<= 20 MB, got 500000\.0 MB"):
        read(path)


def test_demo_is_a_whole_little_film():
    play = read(demo_path())
    assert play.title == "The Last Reel"
    assert play.author == "The previz developers"
    assert 2 <= play.pages <= 3
    assert len(play.scenes) >= 3
    assert {s.slugline.setting for s in play.scenes} == {"INT", "EXT"}
    assert {"DAY", "NIGHT"} <= {s.slugline.time for s in play.scenes}
    speakers = {e.character for s in play.scenes for e in s.elements if e.character}
    assert speakers == {"MARA", "THEO", "IRIS"}
    text = " ".join(e.text for s in play.scenes for e in s.elements)
    for verb in ("enters", "exits", "crosses to the window", "sits", "stands", "turns"):
        assert verb in text
