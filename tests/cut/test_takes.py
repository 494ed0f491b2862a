import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from previz.cut import (
    card_frame,
    find_take,
    paint_cards,
    read_frames,
    render_takes,
    take_hash,
    take_path,
)
from previz.errors import FilmFolderError, PrevizError
from previz.model import (
    Character,
    Light,
    LightKind,
    PlaceKey,
    Prop,
    SetPiece,
    Swing,
    SwingKey,
)

SIZE = {"width_px": 96, "height_px": 54}
render = partial(render_takes, painter=paint_cards, **SIZE)


def hashes(film):
    return {s.id: take_hash(film, scene, s, **SIZE) for scene, s in film.shots}


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


def with_shot(film, index, shot_index, edit_scene, **fields):
    shots = list(film.scenes[index].shots)
    shots[shot_index] = shots[shot_index].changed(**fields)
    return edit_scene(film, index, shots=tuple(shots))


def test_a_note_a_slate_or_new_words_change_no_hash(short_film, edit_scene):
    film = short_film()
    noted = with_shot(film, 0, 1, edit_scene, note="faster", slate="9Z")
    beats = tuple(
        b.changed(element=b.element.changed(text="Other words."))
        for b in film.scenes[0].beats
    )
    assert changed(hashes(film), hashes(noted)) == set()
    assert changed(hashes(film), hashes(edit_scene(film, 0, beats=beats))) == set()


def test_a_moved_mark_changes_its_scene_only(short_film, edit_scene):
    film = short_film()
    blocking = film.scenes[0].blocking
    marks = (blocking[0].marks[0].changed(position_m=(2, 0, 2)), *blocking[0].marks[1:])
    moved = edit_scene(
        film, 0, blocking=(blocking[0].changed(marks=marks), *blocking[1:])
    )
    assert changed(hashes(film), hashes(moved)) == {"s1-0", "s1-1", "s1-2"}


def test_a_camera_changes_its_shot_only(short_film, edit_scene):
    film = short_film()
    camera = film.scenes[1].shots[0].camera.changed(shutter_deg=90.0)
    moved = with_shot(film, 1, 0, edit_scene, camera=camera)
    assert changed(hashes(film), hashes(moved)) == {"s2-0"}


def test_a_look_changes_the_shots_that_are_shown_in_it(short_film):
    film = short_film()
    before = hashes(film)
    inked = film.in_medium("ink", shot="s2-0")
    assert changed(before, hashes(inked)) == {"s2-0"}
    assert changed(before, hashes(film.in_medium("ink"))) == set(before)
    # What is filmed has no seed of its own; what is drawn has.
    assert changed(before, hashes(film.changed(seed=5))) == set()
    assert changed(hashes(inked), hashes(inked.changed(seed=5))) == {"s2-0"}
    # Strokes lie by the numbers that people go by in the film.
    more = (Character(id="new", name="New"), *film.characters)
    assert changed(hashes(inked), hashes(inked.changed(characters=more))) == {"s2-0"}


def test_light_exposure_speech_wardrobe_size_and_rate_decide_the_picture(
    short_film, edit_scene
):
    film = short_film()
    before = hashes(film)
    scene = film.scenes[1]
    sun = Light(id="sun", kind=LightKind.SUN, intensity=9000.0)
    beats = (scene.beats[0], scene.beats[1].changed(length_frames=3))
    second = {"s2-0", "s2-1"}
    cup = SetPiece(id="cup", kind="cup", size_m=(0.11, 0.07, 0.09))
    for fields in (
        {"lights": (sun,)},
        {"exposure_ev100": 3.0},
        {"beats": beats},
        {"set": scene.set.changed(pieces=())},
        {"props": (Prop(piece=cup),)},
        {"props": (Prop(piece=cup, keys=(PlaceKey(frame=1, position_m=(0, 1, 0)),)),)},
        {"swings": (Swing(piece="wall", keys=(SwingKey(frame=0, open=1.0),)),)},
    ):
        assert changed(before, hashes(edit_scene(film, 1, **fields))) == second
    older = film.characters[0].changed(age=70.0)
    recast = film.changed(characters=(older, *film.characters[1:]))
    assert changed(before, hashes(recast)) == set(before)
    faster = short_film(rate="25")
    assert changed(before, hashes(faster)) == set(before)
    shot = scene.shots[0]
    assert take_hash(film, scene, shot, width_px=192, height_px=108) != before["s2-0"]


def test_a_take_holds_every_frame_in_order(short_film, tmp_path):
    film = short_film()
    takes = render(film, tmp_path, threads=3)
    assert list(takes) == [shot.id for _, shot in film.shots]
    for _, shot in film.shots:
        frames = read_frames(take_path(tmp_path, takes[shot.id]))
        numbers = [card_frame(f.to_ndarray(format="rgb24")) for f in frames]
        assert numbers == list(range(shot.length_frames))


def test_colours_survive_the_take(short_film, tmp_path):
    film = short_film(lengths=((3,),))
    takes = render(film, tmp_path)
    scene, shot = film.shots[0]
    wanted = paint_cards(film, scene, 96, 54)(shot, 2)[-8, 40]
    *_, last = read_frames(take_path(tmp_path, takes[shot.id]))
    got = last.to_ndarray(format="rgb24")[-8, 40]
    assert np.abs(got.astype(int) - wanted).max() <= 3


def test_takes_are_tagged_bt709_at_the_exact_rate(short_film, tmp_path):
    film = short_film(lengths=((3,),), rate="23.976")
    takes = render(film, tmp_path)
    with av.open(str(take_path(tmp_path, takes["s1-0"]))) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc) == (
            1,
        ) * 3
        assert context.color_range == 1
        assert stream.average_rate == film.rate.fraction


def test_whole_takes_are_not_made_again(short_film, tmp_path):
    film = short_film()
    render(film, tmp_path)
    stamps = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.mp4")}

    def forbidden(*_):
        raise AssertionError("rendered a take that was whole")

    again = render_takes(film, tmp_path, painter=forbidden, **SIZE)
    assert len(again) == len(film.shots)
    assert stamps == {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.mp4")}


@pytest.mark.parametrize("harm", ["cut short", "no manifest", "broken manifest", "lie"])
def test_a_damaged_take_is_made_again(short_film, tmp_path, harm):
    film = short_film(lengths=((5, 4),))
    takes = render(film, tmp_path)
    video = take_path(tmp_path, takes["s1-0"])
    manifest = video.with_name("manifest.json")
    match harm:
        case "cut short":
            video.write_bytes(video.read_bytes()[:200])
        case "no manifest":
            manifest.unlink()
        case "broken manifest":
            manifest.write_text("[1")
        case "lie":
            lie = json.loads(manifest.read_text())
            lie["take"]["length_frames"] = 4
            manifest.write_text(json.dumps(lie))
    scene, shot = film.shots[0]
    assert find_take(film, scene, shot, tmp_path, **SIZE) is None
    seen = []
    render(film, tmp_path, report=lambda *words: seen.append(words))
    assert seen == [("Shot 1A", n, 5) for n in range(1, 6)]
    assert len(list(read_frames(video))) == 5


def test_an_error_in_a_frame_leaves_nothing_half_made(short_film, tmp_path):
    film = short_film()

    def failing(film_, scene, width, height):
        paint = paint_cards(film_, scene, width, height)

        def one(shot, frame):
            if shot.id == "s1-1" and frame == 4:
                raise KeyboardInterrupt
            return paint(shot, frame)

        return one

    with pytest.raises(KeyboardInterrupt):
        render_takes(film, tmp_path, painter=failing, **SIZE)
    scene, shot = film.shots[0]
    assert [p.name for p in tmp_path.iterdir()] == [
        take_hash(film, scene, shot, **SIZE)
    ]


def test_look_ahead_is_bounded(short_film, tmp_path):
    film = short_film(lengths=((40,),))
    started, finished = [], []

    def watched(*_):
        def paint(_shot, frame):
            started.append(frame)
            return np.zeros((54, 96, 3), np.uint8)

        return paint

    render_takes(
        film,
        tmp_path,
        painter=watched,
        threads=2,
        report=lambda _label, done, _total: finished.append(len(started) - done),
        **SIZE,
    )
    assert max(finished) <= 2 * 2 + 2


KILLED = """
import sys, time
from pathlib import Path
from previz.cut import paint_cards, render_takes
from previz.model import Film

def slow(film, scene, width, height):
    paint = paint_cards(film, scene, width, height)
    def one(shot, frame):
        time.sleep(0.02)
        return paint(shot, frame)
    return one

film = Film.from_json(Path(sys.argv[1]).read_text())
render_takes(film, Path(sys.argv[2]), width_px=96, height_px=54, painter=slow)
"""


def test_a_killed_run_is_continued_by_the_next(short_film, tmp_path):
    film = short_film(lengths=((6, 6), (400,)))
    (tmp_path / "film.json").write_text(film.to_json())
    takes = tmp_path / "takes"
    command = [sys.executable, "-c", textwrap.dedent(KILLED)]
    run = subprocess.Popen([*command, str(tmp_path / "film.json"), str(takes)])
    finished = {take_hash(film, c, s, **SIZE) for c, s in film.shots[:2]}
    deadline = time.monotonic() + 120
    while not (
        all((takes / n).is_dir() for n in finished) and any(takes.glob("*.part"))
    ):
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert {p.name for p in takes.iterdir() if p.suffix != ".part"} == finished
    assert list(takes.glob("*.part"))

    stamps = {n: (takes / n / "video.mp4").stat().st_mtime_ns for n in finished}
    done = render(film, takes)
    assert stamps == {n: (takes / n / "video.mp4").stat().st_mtime_ns for n in finished}
    assert not list(takes.glob("*.part"))
    assert len(list(read_frames(take_path(takes, done["s2-0"])))) == 400


def test_a_take_folder_that_is_a_file_is_named(short_film, tmp_path):
    place = tmp_path / "takes"
    place.write_text("")
    with pytest.raises(FilmFolderError, match=r"Film\.takes must be a folder.*takes"):
        render(short_film(), Path(place))


@pytest.mark.parametrize("size", [(97, 54), (96, 8), (0, 54), (4098, 54)])
def test_sizes_that_video_cannot_hold_are_refused(short_film, tmp_path, size):
    with pytest.raises(PrevizError, match=r"Take\.\w+_px must be an even number"):
        render_takes(short_film(), tmp_path, width_px=size[0], height_px=size[1])
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from previz.cut import paint_cards, render_takes
from previz.errors import FilmFolderError
from previz.model import Film

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
film = Film.from_json(Path(sys.argv[1]).read_text())
try:
    size = {"width_px": 96, "height_px": 54}
    render_takes(film, Path(sys.argv[2]), painter=paint_cards, **size)
except FilmFolderError as error:
    sys.exit(str(error))
"""


def test_a_disk_without_room_is_an_error_that_leaves_nothing(short_film, tmp_path):
    (tmp_path / "film.json").write_text(short_film(lengths=((90,),)).to_json())
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            FULL,
            str(tmp_path / "film.json"),
            str(tmp_path / "takes"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Film.takes must be writable" in run.stderr
    assert "Traceback" not in run.stderr
    assert list((tmp_path / "takes").iterdir()) == []


def test_leftovers_are_removed_and_what_they_link_to_stays(short_film, tmp_path):
    away = tmp_path / "away"
    away.mkdir()
    (away / "mine").write_text("mine")
    takes = tmp_path / "takes"
    takes.mkdir()
    (takes / "x.part").symlink_to(away)
    (takes / "y.part").write_text("a plain file")
    (takes / "z.part").mkdir()
    render(short_film(lengths=((3,),)), takes)
    assert not list(takes.glob("*.part"))
    assert [p.name for p in away.iterdir()] == ["mine"]


@pytest.mark.parametrize("linked", ["", "video.mp4", "manifest.json"])
def test_a_take_that_is_a_link_is_made_again(short_film, tmp_path, linked):
    film = short_film(lengths=((3,),))
    takes = tmp_path / "takes"
    (take,) = render(film, takes).values()
    place = takes / take.id / linked
    away = place.rename(tmp_path / "away")
    place.symlink_to(away)
    assert find_take(film, *film.shots[0], takes, **SIZE) is None
    render(film, takes)
    assert not place.is_symlink()
    assert not (takes / take.id).is_symlink()
    assert away.exists()
    assert find_take(film, *film.shots[0], takes, **SIZE) == take


def test_a_manifest_of_endless_brackets_is_no_take(short_film, tmp_path):
    film = short_film(lengths=((3,),))
    (take,) = render(film, tmp_path).values()
    (tmp_path / take.id / "manifest.json").write_text("[" * 200_000)
    assert find_take(film, *film.shots[0], tmp_path, **SIZE) is None


def test_what_the_encoder_refuses_is_an_error_that_leaves_nothing(
    short_film, tmp_path, monkeypatch
):
    def refuse(*_arguments, **_options):
        raise av.error.InvalidDataError(1094995529, "Invalid data")

    monkeypatch.setattr("previz.cut.takes.encoded", refuse)
    with pytest.raises(FilmFolderError, match=r"Film\.takes must be writable"):
        render(short_film(), tmp_path)
    assert list(tmp_path.iterdir()) == []
