from fractions import Fraction
from functools import partial
from itertools import pairwise

import av
import numpy as np
import pytest

from previz.cut import (
    card_frame,
    paint_cards,
    read_frames,
    render_takes,
    shot_clip,
    timeline,
    write_animatic,
)
from previz.cut.video import encoded
from previz.errors import FilmFolderError, PrevizError

render = partial(render_takes, painter=paint_cards, width_px=96, height_px=54)

RATES = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "30": Fraction(30),
}


def make(film, folder, **options):
    takes = render(film, folder / "takes")
    path = folder / "animatic.mp4"
    write_animatic(film, takes, path, folder=folder / "takes", **options)
    return path


def times(path):
    return [frame.pts * frame.time_base for frame in read_frames(path)]


@pytest.mark.parametrize("burnt", [True, False])
@pytest.mark.parametrize("rate", RATES)
def test_frames_and_times_are_exact_at_every_rate(short_film, tmp_path, rate, burnt):
    film = short_film(rate=rate)
    path = make(film, tmp_path, slate=burnt, subtitles=burnt)
    assert times(path) == [n / RATES[rate] for n in range(film.length_frames)]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == RATES[rate]
        assert stream.frames == film.length_frames
        assert stream.duration * stream.time_base == film.length_frames / RATES[rate]
        context = stream.codec_context
        assert (context.profile, context.pix_fmt) == ("High", "yuv420p")
        assert (context.colorspace, context.color_primaries, context.color_trc) == (
            1,
        ) * 3
        assert len(container.streams) == 1


@pytest.mark.parametrize("burnt", [True, False])
def test_every_record_frame_shows_its_shot_frame(short_film, tmp_path, burnt):
    film = short_film()
    path = make(film, tmp_path, slate=burnt, subtitles=False)
    wanted = [n for clip in timeline(film) for n in range(clip.length_frames)]
    pictures = [f.to_ndarray(format="rgb24") for f in read_frames(path)]
    assert [card_frame(p) for p in pictures] == wanted


def test_the_index_stands_before_the_pictures(short_film, tmp_path):
    for burnt in (True, False):
        content = make(
            short_film(), tmp_path, slate=burnt, subtitles=burnt
        ).read_bytes()
        assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_each_shot_begins_with_a_key_frame(short_film, tmp_path):
    film = short_film()
    frames = list(read_frames(make(film, tmp_path)))
    keys = [i for i, frame in enumerate(frames) if frame.key_frame]
    assert set(keys) >= {clip.record_frame for clip in timeline(film)}


def test_the_slate_marks_the_foot_and_leaves_the_rest(short_film, tmp_path):
    film = short_film(lengths=((8,),))
    clean = list(read_frames(make(film, tmp_path, slate=False, subtitles=False)))
    burnt = list(read_frames(make(film, tmp_path, slate=True, subtitles=False)))
    for a, b in zip(clean, burnt, strict=True):
        gap = np.abs(
            a.to_ndarray(format="rgb24").astype(int) - b.to_ndarray(format="rgb24")
        )
        assert gap[-10:].mean() > 15
        assert gap[:30].mean() < 3


def test_the_timecode_counts(short_film, tmp_path):
    film = short_film(lengths=((8,),))
    path = make(film, tmp_path, slate=True, subtitles=False)
    foot = [
        f.to_ndarray(format="gray")[-12:, 40:].astype(int) for f in read_frames(path)
    ]
    assert all(np.abs(a - b).max() > 40 for a, b in pairwise(foot))


def test_speech_is_shown_while_it_runs(short_film, tmp_path):
    film = short_film(lengths=((6, 8),))
    clean = list(read_frames(make(film, tmp_path, slate=False, subtitles=False)))
    told = list(read_frames(make(film, tmp_path, slate=False, subtitles=True)))
    gap = [
        np.abs(a.to_ndarray(format="gray").astype(int) - b.to_ndarray(format="gray"))[
            30:
        ].max()
        for a, b in zip(clean, told, strict=True)
    ]
    assert max(gap[:6]) < 20
    assert min(gap[6:]) > 40


def test_a_long_speech_is_shown_in_parts(short_film, tmp_path):
    film = short_film(lengths=((4, 60),), speech=("one two three four five " * 12,))
    told = list(read_frames(make(film, tmp_path, slate=False, subtitles=True)))
    pictures = [f.to_ndarray(format="gray")[30:].astype(int) for f in told[4:]]
    changes = sum(int(np.abs(a - b).max() > 60) for a, b in pairwise(pictures))
    assert changes >= 4


def test_joining_copies_the_takes_packets(short_film, tmp_path):
    film = short_film()
    path = make(film, tmp_path, slate=False, subtitles=False)

    def packets(file):
        with av.open(str(file)) as container:
            return [bytes(p) for p in container.demux(video=0) if p.size]

    takes = render(film, tmp_path / "takes")
    files = [tmp_path / "takes" / takes[s.id].id / "video.mp4" for _, s in film.shots]
    assert packets(path) == [p for file in files for p in packets(file)]


def test_progress_counts_every_frame(short_film, tmp_path):
    film, seen = short_film(), []
    make(film, tmp_path, report=lambda *words: seen.append(words))
    total = film.length_frames
    assert seen == [("Animatic", n, total) for n in range(1, total + 1)]


def test_a_shot_alone_is_a_whole_clip(short_film, tmp_path):
    film = short_film()
    takes = render(film, tmp_path / "takes")
    content = shot_clip(film, "s1-1", takes, folder=tmp_path / "takes")
    (tmp_path / "shot.mp4").write_bytes(content)
    assert times(tmp_path / "shot.mp4") == [Fraction(n, 24) for n in range(7)]


def test_a_shot_without_a_take_is_named(short_film, tmp_path):
    film = short_film()
    takes = render(film, tmp_path / "takes")
    del takes["s1-1"]
    with pytest.raises(PrevizError, match="got none for 1B"):
        write_animatic(film, takes, tmp_path / "a.mp4", folder=tmp_path / "takes")


def test_a_lost_take_leaves_the_old_animatic_whole(short_film, tmp_path):
    film = short_film()
    path = make(film, tmp_path)
    before = path.read_bytes()
    takes = render(film, tmp_path / "takes")
    (tmp_path / "takes" / takes["s2-0"].id / "video.mp4").unlink()
    with pytest.raises(FilmFolderError, match=r"Film\.animatic"):
        write_animatic(film, takes, path, folder=tmp_path / "takes")
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["animatic.mp4", "takes"]


def lie(film, takes_folder, takes, *, frames=None, size=(96, 54)):
    """Put another video in the place of the last shot's take; None is garbage."""
    path = takes_folder / takes["s2-0"].id / "video.mp4"
    if frames is None:
        path.write_bytes(b"no video at all" * 100)
        return
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    with encoded(
        path, rate=film.rate, width_px=size[0], height_px=size[1], options={}
    ) as add:
        for _ in range(frames):
            add(av.VideoFrame.from_ndarray(picture, format="rgb24"))


@pytest.mark.parametrize("burnt", [True, False])
@pytest.mark.parametrize(
    ("lies", "says"),
    [
        ({"frames": 1}, "got 1 in"),
        ({"frames": 40}, "got more in"),
        ({"frames": 11, "size": (64, 36)}, "got 64×36 px in"),
        ({}, "must be a video"),
    ],
    ids=["fewer", "more", "smaller", "garbage"],
)
def test_a_take_that_lies_is_named(short_film, tmp_path, lies, says, burnt):
    film = short_film()
    takes = render(film, tmp_path / "takes")
    lie(film, tmp_path / "takes", takes, **lies)
    with pytest.raises(FilmFolderError, match=says) as caught:
        write_animatic(
            film,
            takes,
            tmp_path / "a.mp4",
            folder=tmp_path / "takes",
            slate=burnt,
            subtitles=burnt,
        )
    assert f"Delete {tmp_path / 'takes' / takes['s2-0'].id}" in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["takes"]


def test_an_animatic_is_never_written_through_a_link(short_film, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("mine")
    for name in ("animatic.mp4", "animatic.mp4.part"):
        (tmp_path / name).symlink_to(kept)
    path = make(short_film(), tmp_path)
    assert kept.read_text() == "mine"
    assert not path.is_symlink()
