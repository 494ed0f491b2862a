from fractions import Fraction
from functools import partial
from pathlib import Path

import opentimelineio as otio
import pytest

from previz.cut import (
    card_frame,
    paint_cards,
    read_frames,
    render_takes,
    timeline,
    write_animatic,
)
from previz.errors import FilmFolderError
from previz.exchange import write_otio

render = partial(render_takes, painter=paint_cards, width_px=96, height_px=54)
RATES = ["23.976", "24", "25", "29.97", "30"]


def written(film, folder):
    path = folder / "cut.otio"
    write_otio(film, path, media="animatic.mp4")
    return otio.adapters.read_from_file(str(path))


def clips_of(cut):
    assert len(cut.tracks) == 1
    assert all(isinstance(c, otio.schema.Clip) for c in cut.tracks[0])
    return list(cut.tracks[0])


@pytest.mark.parametrize("rate", RATES)
def test_the_cut_names_the_very_frames_of_the_animatic(short_film, tmp_path, rate):
    film = short_film(rate=rate)
    takes = render(film, tmp_path / "takes")
    write_animatic(
        film,
        takes,
        tmp_path / "animatic.mp4",
        folder=tmp_path / "takes",
        subtitles=False,
    )
    frames = list(read_frames(tmp_path / "animatic.mp4"))
    cut = written(film, tmp_path)
    clips = clips_of(cut)
    for clip in clips:
        reference = clip.media_reference
        assert reference.target_url == "animatic.mp4"
        assert reference.available_range.duration.value == len(frames)
        span = clip.source_range
        assert Fraction(span.start_time.rate).limit_denominator(1001) == (
            film.rate.fraction
        )
        first, count = int(span.start_time.value), int(span.duration.value)
        shown = [
            card_frame(f.to_ndarray(format="rgb24")) for f in frames[first:][:count]
        ]
        assert shown == list(range(count))
        moment = frames[first].pts * frames[first].time_base
        assert moment == first / film.rate.fraction
    assert cut.duration().value == len(frames) == film.length_frames


def test_clips_are_contiguous_and_lie_where_the_timeline_says(short_film, tmp_path):
    film = short_film(rate="29.97")
    cut = written(film, tmp_path)
    for clip, wanted in zip(clips_of(cut), timeline(film), strict=True):
        assert clip.name == wanted.shot.slate
        assert clip.source_range.start_time.value == wanted.record_frame
        assert clip.range_in_parent().start_time.value == wanted.record_frame
        assert clip.source_range.duration.value == wanted.length_frames


def test_gear_and_screenplay_travel_with_the_clip(short_film, tmp_path):
    film = short_film()
    cut = written(film, tmp_path)
    said = clips_of(cut)[1].metadata["previz"]
    assert said["focal_length_mm"] == 35.0
    assert (said["size"], said["move"]) == ("MCU", "push in")
    assert list(said["characters"]) == ["Bo"]
    assert said["line"] == 11
    assert list(said["camera"]["poses"][1]["position_m"]) == [0.4, 1.5, 2.6]


def test_scenes_and_speeches_are_markers(short_film, tmp_path):
    film = short_film()
    cut = written(film, tmp_path)
    clips = clips_of(cut)
    scenes = [
        m for c in clips for m in c.markers if m.metadata["previz"]["kind"] == "scene"
    ]
    speeches = [
        m
        for c in clips
        for m in c.markers
        if m.metadata["previz"]["kind"] == "dialogue"
    ]
    assert [m.marked_range.start_time.value for m in scenes] == [0, 18]
    assert [m.marked_range.start_time.value for m in speeches] == [5, 22]
    assert (
        speeches[0].metadata["previz"]["text"] == film.scenes[0].beats[1].element.text
    )


def test_unwritable_place_is_a_clear_error(short_film, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FilmFolderError):
        write_otio(short_film(), Path(tmp_path / "file" / "cut.otio"), media="a.mp4")
