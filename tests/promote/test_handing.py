"""Takes handed over to editing and compositing."""

from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from previz.deliver import KINDS, id_of, read_exr
from previz.errors import FilmFolderError, PromoteError, UnknownNameError
from previz.promote.backends import add_backend
from previz.promote.finishing import film_take
from previz.promote.handing import FORMS, hand_over
from previz.promote.sound import as_wav
from previz.promote.taken import taken_in
from previz.promote.work import work
from previz.promotion import Promotion


@pytest.fixture
def taken(shop, cards):
    class Layered(cards):
        name = "layered"

        def frame(self, task, number):
            made = super().frame(task, number)
            height, width = made.picture.shape[:2]
            ids = np.full((height, width, 2), id_of("ann"), np.uint32)
            share = np.tile(np.linspace(0, 1, width, dtype=np.float32), (height, 1))
            layers = {"alpha": share, "ids": ids,
                      "coverage": np.stack([share, 1 - share], 2)}  # fmt: skip
            return type(made)(number, made.picture, layers, ("ann",))

    class Coded(cards):
        name = "coded"

        def frame(self, task, number):
            made = super().frame(task, number)
            codes = (made.picture * 100 + 50).astype(np.uint8)
            return type(made)(number, codes)

    add_backend("layered", Layered)
    add_backend("coded", Coded)

    def made(backend="layered"):
        name = shop.queue(backend=backend, width_px=80, height_px=64)
        work(shop.place.path, name, finisher=film_take)
        return taken_in(shop.place.promoted, name)

    return made


def test_a_sequence_counts_from_1001_and_keeps_all_layers(taken, tmp_path):
    one = taken()
    made = hand_over(one, tmp_path / "out", form="exr")
    names = sorted(x.name for x in made.iterdir())
    stem = f"1A_{one.hash[:8]}"
    assert made.name == stem
    assert names[0] == f"{stem}.1001.exr"
    assert len(names) == one.length_frames
    back = read_exr(made / names[2])
    assert back.names == ("ann",)
    assert back.attributes["slate"] == "1A"
    assert back.attributes["timeCode"].endswith(":02")


def test_movies_are_frame_exact_with_timecode_and_alpha(taken, tmp_path):
    one = taken()
    rates = set()
    for form in ("h264", "prores-4444"):
        path = hand_over(one, tmp_path, form=form)
        with av.open(str(path)) as file:
            stream = file.streams.video[0]
            frames = list(file.decode(stream))
            assert len(frames) == one.length_frames
            assert stream.metadata["timecode"] == "00:00:00:00"
            rates.add(stream.average_rate)
            color = int(stream.codec_context.color_trc)
        assert color == {"h264": 13, "prores-4444": 1}[form]
    assert rates == {Fraction(24)}
    depth = frames[0].format.components[3].bits
    alpha = np.frombuffer(frames[0].planes[3], np.uint16).reshape(64, -1)[:, :80]
    assert np.abs(alpha / (2**depth - 1) - np.linspace(0, 1, 80)).max() < 0.004


def test_pictures_of_models_are_handed_over_as_they_are(taken, tmp_path):
    one = taken("coded")
    made = hand_over(one, tmp_path, form="png")
    path = sorted(made.iterdir())[0]
    assert np.array_equal(np.asarray(Image.open(path)), one.frames.read(0).picture)
    with pytest.raises(PromoteError, match="linear light"):
        hand_over(one, tmp_path, form="exr")


def test_every_form_of_a_take_lies_beside_the_others(taken, tmp_path):
    one = taken()
    out = tmp_path / "out"
    made = [hand_over(one, out, form=form) for form in FORMS]
    held = [path for path in out.rglob("*") if path.is_file()]
    movies = sum(form in KINDS for form in FORMS)
    assert len({path for path in made if path.is_file()}) == movies
    assert len(held) == movies + (len(FORMS) - movies) * one.length_frames


def test_a_promotion_delivers_once_it_is_whole(taken, shop, tmp_path):
    one = taken()
    promoted = Promotion(shop.place.path, one.hash)
    path = promoted.deliver(tmp_path / "a" / "b", form="hevc")
    assert path.name == f"1A_{one.hash[:8]}_hevc.mp4"
    with pytest.raises(UnknownNameError, match="prores-4444"):
        promoted.deliver(tmp_path, form="avi")
    waiting = Promotion(shop.place.path, shop.queue("1B"))
    with pytest.raises(PromoteError, match=r"take\.wait"):
        waiting.deliver(tmp_path)


def test_a_place_that_is_no_folder_is_named(taken, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FilmFolderError, match=r"FilmFolder\.path"):
        hand_over(taken(), tmp_path / "file" / "out", form="exr")


CLICK_HZ = 24_000


def sounding(cards, *, seconds):
    """Return a backend that leaves a click at the third frame of a sound so long."""

    class Sounding(cards):
        name = "sounding"

        def frames(self, task):
            codes = np.zeros((2, round(seconds * CLICK_HZ)), np.float32)
            codes[:, CLICK_HZ * 2 // 24] = 0.9
            (task.scratch / "sound.wav").write_bytes(as_wav(codes, CLICK_HZ))
            yield from super().frames(task)

    return Sounding


def heard(path):
    """Return a movie's sound, shape (channels, n), and how many pictures it has."""
    with av.open(str(path)) as file:
        assert file.streams.audio[0].rate == 48_000
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
        channels = file.streams.audio[0].channels
    flat = [x if len(x) == channels else x.reshape(-1, channels).T for x in frames]
    with av.open(str(path)) as file:
        pictures = sum(1 for _ in file.decode(video=0))
    return np.concatenate(flat, axis=1), pictures


@pytest.mark.parametrize("seconds", [0.1, 1.0], ids=["too short", "too long"])
@pytest.mark.parametrize("form", ["prores-hq", "h264"])
def test_a_movie_has_its_sound_as_long_as_its_pictures(
    shop, cards, tmp_path, form, seconds
):
    add_backend("sounding", sounding(cards, seconds=seconds))
    take = shop.queue(backend="sounding", width_px=80, height_px=64)
    assert work(shop.place.path, take, finisher=film_take) == "done"
    made = hand_over(taken_in(shop.place.promoted, take), tmp_path / "out", form=form)
    sound, pictures = heard(made)
    assert pictures == 5
    assert len(sound) == 2
    exact = form == "prores-hq"
    assert sound.shape[1] == 10_000 if exact else 10_000 <= sound.shape[1] < 12_048
    click = int(np.abs(sound[0].astype(np.float64)).argmax())
    assert click == pytest.approx(4000, abs=1 if exact else 8)


def test_a_movie_of_a_silent_take_has_no_track_of_sound(taken, tmp_path):
    with av.open(str(hand_over(taken(), tmp_path / "out"))) as file:
        assert not file.streams.audio


def test_a_sound_that_has_changed_since_is_not_handed_over(shop, cards, tmp_path):
    add_backend("sounding", sounding(cards, seconds=0.3))
    take = shop.queue(backend="sounding", width_px=80, height_px=64)
    work(shop.place.path, take, finisher=film_take)
    one = taken_in(shop.place.promoted, take)
    (one.folder / "sound.wav").write_bytes(b"RIFF")
    with pytest.raises(FilmFolderError, match=r"sound\.wav has changed"):
        hand_over(one, tmp_path / "out")
