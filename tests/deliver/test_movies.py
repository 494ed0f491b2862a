"""Movies, read back: frames, tags, timecode, alpha, code values."""

from fractions import Fraction

import av
import numpy as np
import pytest

from previz.deliver import REC1886, SRGB, Slate, write_movie
from previz.errors import FilmFolderError, PrevizError, UnknownNameError
from previz.model import Rate

NTSC = Slate("Noël", "2B", "abcdef", Rate.of(23.976), 86400)


def pictures(count=5, *, size=(80, 64), dtype=np.uint16, alpha=False):
    """Smooth colour that moves; the first column says the frame's number."""
    width, height = size
    rows, cols = np.mgrid[0:height, 0:width]
    top = np.iinfo(dtype).max
    for number in range(count):
        wave = [0.5 + 0.4 * np.sin(cols / 9 + rows / 7 + k + number / 3)
                for k in range(3)]  # fmt: skip
        picture = np.stack(wave, axis=-1)
        picture[:, :8] = number / count
        if alpha:
            picture = np.concatenate([picture, (cols / width)[..., None]], axis=2)
        yield np.rint(picture * top).astype(dtype)


def read(path):
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        return list(file.decode(stream)), stream, dict(file.metadata)


KINDS = ("h264", "hevc", "prores-hq", "prores-4444")
NAMES = {"h264": "h264", "hevc": "hevc", "prores-hq": "prores",
         "prores-4444": "prores"}  # fmt: skip


def suffix(kind):
    return ".mov" if kind.startswith("prores") else ".mp4"


@pytest.fixture(scope="module")
def movies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("movies")
    made = {}
    for kind in KINDS:
        made[kind] = folder / f"{kind}{suffix(kind)}"
        given = pictures(alpha=kind == "prores-4444")
        write_movie(made[kind], given, kind=kind, slate=NTSC, screen=REC1886)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_every_frame_is_there_at_its_time(movies, kind):
    frames, stream, _ = read(movies[kind])
    assert len(frames) == 5
    assert stream.average_rate == Fraction(24000, 1001)
    times = [Fraction(frame.pts) * frame.time_base for frame in frames]
    assert times == [k * Fraction(1001, 24000) for k in range(5)]
    assert stream.duration * stream.time_base == 5 * Fraction(1001, 24000)
    levels = [frame.to_ndarray(format="gray8")[:, :6].mean() for frame in frames]
    steps = np.diff(levels)
    assert (steps > 25).all()


@pytest.mark.parametrize("kind", KINDS)
def test_the_stream_says_what_colour_it_is(movies, kind):
    frames, stream, _ = read(movies[kind])
    context = stream.codec_context
    assert context.name == NAMES[kind]
    said = [context.color_primaries, context.color_trc, context.colorspace,
            context.color_range]  # fmt: skip
    assert [int(x) for x in said] == [1, 1, 1, 1]
    wanted = {"h264": "yuv420p", "hevc": "yuv420p10le", "prores-hq": "yuv422p10le"}
    got = frames[0].format.name
    if kind in wanted:
        assert got == wanted[kind]
    else:
        assert got.startswith("yuva444p1")
    tags = {"hevc": "hvc1", "prores-hq": "apch", "prores-4444": "ap4h", "h264": "avc1"}
    assert context.codec_tag == tags[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_says_its_slate_and_timecode(movies, kind):
    with av.open(str(movies[kind])) as file:
        said = dict(file.metadata)
        clocks = [s.metadata.get("timecode") for s in file.streams
                  if "timecode" in s.metadata]  # fmt: skip
        assert any(s.type == "data" for s in file.streams)
    assert said["title"] == "Noël 2B"
    assert (said["film"], said["slate"], said["take"]) == ("Noël", "2B", "abcdef")
    assert set(clocks) == {"01:00:00:00"}


def test_screens_of_computers_are_tagged_as_such(tmp_path):
    path = tmp_path / "a.mp4"
    write_movie(path, pictures(2), screen=SRGB)
    context = read(path)[1].codec_context
    assert int(context.color_trc) == 13


@pytest.mark.parametrize(
    ("kind", "worst"), [("hevc", 8), ("prores-hq", 8), ("prores-4444", 6)]
)
def test_ten_bits_arrive_as_bt709_says(movies, kind, worst):
    frames, _, _ = read(movies[kind])
    alpha = kind == "prores-4444"
    given = next(pictures(alpha=alpha))[..., :3] / 65535.0
    luma = given @ np.array([0.2126, 0.7152, 0.0722])
    plane = frames[0].planes[0]
    depth = frames[0].format.components[0].bits
    values = np.frombuffer(plane, np.uint16).reshape(64, -1)[:, :80]
    wanted = (16 + 219 * luma) * 2 ** (depth - 8)
    gap = np.abs(values - wanted)[:, 12:] / 2 ** (depth - 10)
    assert np.median(gap) <= 2.0
    assert gap.max() <= 3 * worst


def test_alpha_is_kept(movies):
    frames, _, _ = read(movies["prores-4444"])
    depth = frames[0].format.components[3].bits
    values = np.frombuffer(frames[0].planes[3], np.uint16).reshape(64, -1)[:, :80]
    wanted = np.tile(np.arange(80) / 80, (64, 1))
    assert np.abs(values / (2**depth - 1) - wanted).max() < 0.003


def test_the_same_pictures_give_the_same_bytes(tmp_path):
    for kind in ("h264", "prores-hq"):
        paths = [tmp_path / f"{k}{suffix(kind)}" for k in range(2)]
        for path in paths:
            write_movie(path, pictures(2), kind=kind, slate=NTSC)
        one, other = (path.read_bytes() for path in paths)
        assert one == other


def test_what_does_not_fit_a_kind_is_refused(tmp_path):
    path = tmp_path / "a.mp4"
    cases = [
        ({"kind": "prores"}, pictures(), UnknownNameError, "prores-hq"),
        ({}, pictures(alpha=True), PrevizError, "no alpha for h264"),
        ({}, pictures(size=(79, 64)), PrevizError, r"width_px must be an even"),
        ({"kind": "hevc"}, pictures(size=(80, 62)), PrevizError, "64 to 4096"),
        ({}, pictures(0), PrevizError, "one at least"),
        ({"kind": "prores-hq"}, pictures(), PrevizError, r"end in \.mov"),
        ({}, [*pictures(1), *pictures(1, dtype=np.uint8)], PrevizError, "alike"),
        ({}, [np.zeros((32, 48, 3))], PrevizError, "uint8 or uint16"),
    ]
    for how, given, error, said in cases:
        with pytest.raises(error, match=said):
            write_movie(path, given, **how)
        assert not list(tmp_path.iterdir())


def test_a_movie_that_ends_early_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.mp4"
    write_movie(path, pictures(2))
    before = path.read_bytes()

    def broken():
        yield from pictures(2)
        raise OSError(28, "No space left on device")

    with pytest.raises(FilmFolderError, match="disk with room"):
        write_movie(path, broken())
    assert [x.name for x in tmp_path.iterdir()] == ["a.mp4"]
    assert path.read_bytes() == before
