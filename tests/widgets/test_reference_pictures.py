"""Reference pictures: dropped into a page, kept with the film, their colours told."""

import hashlib
import io
import struct
import threading

import numpy as np
import pytest
import small_film
from PIL import Image, ImageCms

from previz.assets import load_assets, palette_of, read_picture, store_assets
from previz.assets.pictures import picture_of
from previz.cut.takes import take_hash
from previz.edits import AddReference
from previz.errors import AssetError, UnknownNameError
from previz.film import Film
from previz.folder import FilmFolder
from previz.model import Reference
from previz.session import Session
from previz.stage import Picture
from previz.widgets import references
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing

RED, TEAL = (200, 30, 40), (20, 120, 130)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file_of(pixels, kind="PNG", **how):
    raw = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(raw, kind, **how)
    return raw.getvalue()


def two_colours(width=90, height=60):
    """Return a picture, a third of it red and the rest teal."""
    pixels = np.full((height, width, 3), TEAL, np.uint8)
    pixels[:, : width // 3] = RED
    return pixels


@pytest.fixture
def session():
    return Session(small_film.small_film())


@pytest.fixture
def page(session):
    page = small_film.Page()
    page.playing = Playing(session)
    page.desk = Desk(session, page.take, playing=page.playing)
    return page


def drop(page, data, **fields):
    page.heard.clear()
    message = {"v": 1, "page": "tab", "kind": "drop_picture", "character": "ann"}
    buffers = data if isinstance(data, list) else [memoryview(data)]
    page.desk.hear(message | {"name": "coat.png"} | fields, buffers)
    return [message for message, _ in page.heard]


def ann(session):
    return session.value.find_character("ann")


def srgb(color):
    return np.array(
        [255 * (12.92 * x if x < 0.0031 else 1.055 * x ** (1 / 2.4) - 0.055)
         for x in color]
    )  # fmt: skip


def test_a_picture_dropped_in_is_pinned_up_shown_and_undone_in_one_step(page, session):
    drop(page, file_of(two_colours()), name='<img src=x onerror="alert(1)">.png')
    (reference,) = ann(session).references
    assert reference.name == '<img src=x onerror="alert(1)">.png'
    assert [step.words for step in session.history] == [
        f"Ann: reference picture {reference.name}"
    ]
    (sent,) = page.ask(kind="ask_reference", picture=reference.picture)
    _, jpeg = page.only("reference")
    assert hashlib.sha256(jpeg).hexdigest() == reference.picture == sent.picture
    found = {swatch.share: srgb(swatch.color) for swatch in sent.palette}
    assert np.abs(found[max(found)] - TEAL).max() < 12
    assert min(np.abs(color - RED).max() for color in found.values()) < 12
    assert sent.palette[0].share == pytest.approx(2 / 3, abs=0.08)
    session.undo()
    assert ann(session).references == ()


def test_the_same_picture_is_pinned_up_once_and_taken_down(page, session):
    drop(page, file_of(two_colours()))
    drop(page, file_of(two_colours()))
    assert len(ann(session).references) == len(session.history) == 1
    page.edit(kind="remove_reference", character="ann", index=0)
    assert ann(session).references == ()
    (refused,) = page.edit(kind="remove_reference", character="ann", index=0)
    assert refused.kind == "refused"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SVG, "SVG"),
        (b"", "folder"),
        ([], "folder"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "broken"),
        (file_of(two_colours())[:-40], "broken"),
        (file_of(two_colours(), "GIF"), "something else"),
        (bytes(100 * 2**20), "100 MB"),
    ],
    ids=["svg", "empty", "nothing", "torn head", "torn", "gif", "100 MB"],
)
def test_what_is_no_picture_is_refused_and_the_film_is_as_before(
    page, session, data, said
):
    before = session.value
    (refused,) = drop(page, data)
    assert (refused.kind, refused.asked) == ("refused", "drop_picture")
    assert said in refused.text
    assert session.value is before
    assert session.assets is None
    assert session.history == ()


def test_a_picture_of_a_stranger_and_two_at_once_are_refused(page, session):
    good = memoryview(file_of(two_colours()))
    (refused,) = drop(page, [good], character="<script>")
    assert "Character" in refused.text or "character" in refused.text
    (refused,) = drop(page, [good, good])
    assert "Message.buffers" in refused.text
    (refused,) = page.ask(kind="ask_reference", picture="0" * 64)
    assert refused.kind == "refused"
    assert session.history == ()
    assert not session.assets


def test_a_large_picture_bomb_is_refused_before_it_is_unpacked():
    bomb = file_of(np.zeros((1, 1, 3))).replace(
        b"\0\0\0\x01\0\0\0\x01", b"\0\0\xff\xff\0\0\xff\xff", 1
    )
    with pytest.raises(AssetError, match=r"megapixels|broken"):
        read_picture(bomb)


def test_a_kept_picture_is_upright_small_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Spy camera"
    kept = read_picture(file_of(two_colours(3000, 2000), "JPEG", exif=exif))
    with Image.open(io.BytesIO(kept.data)) as found:
        assert found.size == (683, 1024)
        assert not dict(found.getexif())
    assert b"Spy camera" not in kept.data


def with_exif(*entries):
    """Return a JPEG whose EXIF has entries of tag, type, count and four bytes."""
    listed = b"".join(struct.pack("<HHI", *entry[:3]) + entry[3] for entry in entries)
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + listed + bytes(4)
    body = b"Exif\0\0" + tiff
    jpeg = file_of(two_colours(), "JPEG", comment=b"home, 3rd floor")
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


@pytest.mark.parametrize(
    ("kind", "count"), [(7, 1), (2, 1), (12, 1), (5, 99), (4, 1)], ids=str
)
def test_a_photograph_with_odd_words_beside_it_is_taken_and_upright(kind, count):
    turned = (0x0112, 3, 1, struct.pack("<HH", 6, 0))
    kept = read_picture(with_exif(turned, (0x0128, kind, count, b"\xff" * 4)))
    with Image.open(io.BytesIO(kept.data)) as found:
        assert found.size == (60, 90)
    assert b"3rd floor" not in kept.data


def test_a_grey_picture_of_16_bits_keeps_its_tones():
    deep = np.repeat(np.arange(64) * 1000, 64).reshape(64, 64)
    raw = io.BytesIO()
    Image.fromarray(deep.astype(np.uint16)).save(raw, "PNG")
    tones = np.asarray(picture_of(read_picture(raw.getvalue())))[:, 32, 0]
    np.testing.assert_allclose(tones, deep[:, 32] / 256, atol=3)


def test_a_bomb_in_a_film_folder_is_noted_and_the_film_opens(tmp_path, page, session):
    drop(page, file_of(two_colours()))
    kept = bytearray(session.assets.picture(ann(session).references[0].picture).data)
    at = kept.index(b"\xff\xc0") + 5
    kept[at : at + 4] = b"\xff\x00\xff\x00"
    name = hashlib.sha256(kept).hexdigest()
    folder = FilmFolder(tmp_path / "film")
    folder.assets.mkdir(parents=True)
    (folder.assets / f"{name}.jpg").write_bytes(kept)
    references = (Reference(picture=name),)
    cast = tuple(c.changed(references=references) for c in session.value.characters)
    found = load_assets(folder, session.value.changed(characters=cast))
    assert not found
    assert "Ann" in found.notes[0]


def test_what_the_next_kernel_undoes_brings_its_picture_back(tmp_path, page, session):
    session.folder = tmp_path / "film"
    drop(page, file_of(two_colours()))
    (reference,) = ann(session).references
    page.edit(kind="remove_reference", character="ann", index=0)
    again = Film.open(session.folder).session
    assert again.assets is None
    again.undo()
    assert again.assets.picture(reference.picture) is not None
    again.undo()
    third = Film.open(session.folder).session
    third.redo()
    assert ann(third).references == (reference,)
    assert third.assets.picture(reference.picture) is not None


def test_a_picture_stays_with_the_film_where_somebody_who_is_told_fails(page, session):
    session.listen(lambda change: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        drop(page, file_of(two_colours()))
    (reference,) = ann(session).references
    assert session.assets.picture(reference.picture) is not None


def test_clear_parts_become_grey_and_few_colours_stay_few():
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[:20] = (*RED, 255)
    palette = palette_of(read_picture(file_of(pixels, "WEBP", lossless=True)))
    assert 2 <= len(palette) <= 4
    assert any(np.abs(srgb(s.color) - 128).max() < 10 for s in palette)


def test_a_folder_keeps_the_picture_under_its_hash_and_notes_one_that_is_gone(
    tmp_path, page, session
):
    drop(page, file_of(two_colours()))
    (reference,) = ann(session).references
    folder = FilmFolder(tmp_path / "film")
    folder.prepare()
    store_assets(folder, session.assets)
    path = folder.assets / f"{reference.picture}.jpg"
    assert load_assets(folder, session.value).picture(reference.picture) == Picture(
        path.read_bytes()
    )
    path.write_bytes(path.read_bytes() + b"x")
    broken = load_assets(folder, session.value)
    assert broken.picture(reference.picture) is None
    assert "Ann" in broken.notes[0]


def test_a_reference_picture_renders_nothing_anew(page, session):
    scene, shot = session.value.find_shot("1A")
    before = take_hash(session.value, scene, shot, width_px=64, height_px=36)
    drop(page, file_of(two_colours()))
    after = take_hash(session.value, scene, shot, width_px=64, height_px=36)
    assert ann(session).references
    assert after == before


def test_an_edit_cannot_pin_up_what_the_film_does_not_have(session):
    with pytest.raises(UnknownNameError, match=r"Reference\.picture"):
        session.apply(AddReference(character="ann", picture="ab" * 32))


def test_a_picture_that_is_pinned_up_bakes_and_tells_no_stage_anew(page, session):
    page.ask(kind="open_shot", shot=small_film.FIRST)
    scene = session.value.scenes[0]
    before = page.playing.scene(session.value, scene).stage
    told = drop(page, file_of(two_colours()))
    assert page.playing.scene(session.value, session.value.scenes[0]).stage is before
    assert {message.kind for message in told} <= {"film", "history"}


def test_a_picture_is_read_while_others_may_change_the_film(page, session, monkeypatch):
    read, free = references.read_picture, []

    def reading(data):
        # A lock that can be had twice by one thread says nothing to the same one.
        def take():
            free.append(session._lock.acquire(blocking=False))
            if free[-1]:
                session._lock.release()

        other = threading.Thread(target=take)
        other.start()
        other.join()
        return read(data)

    monkeypatch.setattr(references, "read_picture", reading)
    drop(page, file_of(two_colours()))
    assert free == [True]


def swapped_profile():
    """Return sRGB with red and green in each other's place."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"\0XYZ", 1).replace(b"gXYZ", b"rXYZ", 1)
    return swapped.replace(b"\0XYZ", b"gXYZ", 1)


def test_colours_are_as_the_profile_of_a_picture_means_them():
    plain = palette_of(read_picture(file_of(np.full((8, 8, 3), (200, 30, 40)))))
    meant = palette_of(
        read_picture(
            file_of(np.full((8, 8, 3), (30, 200, 40)), icc_profile=swapped_profile())
        )
    )
    assert meant[0].color == pytest.approx(plain[0].color, abs=0.02)


def test_a_broken_profile_changes_nothing():
    pixels = np.full((8, 8, 3), (200, 30, 40))
    assert read_picture(file_of(pixels, icc_profile=b"no profile")) == read_picture(
        file_of(pixels)
    )
