"""Edits of many keys or parts at once, and how much may come onto a set."""

import pytest
from sixty import sixty_shots

from previz.direct import furnishing
from previz.edits import edit_of, key_frames, keys
from previz.errors import ModelError

FILM = sixty_shots()


def edited(film, kind, **fields):
    return edit_of({"kind": kind, "scene": "1", **fields}).apply(film)


def pose(x):
    return {"position_m": (x, 1.5, 3.0), "target_m": (0.0, 1.2, 0.0)}


def put(frames, slate="1A"):
    return [
        {"track": "camera", "shot": slate, "frame": f, "pose": pose(f / 50)}
        for f in frames
    ]


@pytest.fixture
def counted(monkeypatch):
    """Count how often the way along a path is measured, which costs most."""
    asked, measure = [], keys.key_shares
    monkeypatch.setattr(
        keys, "key_shares", lambda camera: asked.append(1) or measure(camera)
    )
    return asked


def test_many_poses_pasted_measure_the_path_a_few_times(counted):
    film = edited(FILM, "put_keys", keys=put(range(40)))
    shot = film.find_shot("1A")[1]
    assert len(counted) < 10
    assert key_frames(shot.camera, length_frames=shot.length_frames)[:40] == tuple(
        range(40)
    )


def test_many_poses_moved_measure_the_path_a_few_times(counted):
    film = edited(FILM, "put_keys", keys=put(range(0, 40, 2)))
    counted.clear()
    moved = [
        {"track": "camera", "of": "1A", "index": i, "frame": 2 * i + 1}
        for i in range(20)
    ]
    edit = edit_of({"kind": "move_keys", "scene": "1", "keys": moved})
    edit.apply(film)
    assert edit.words(film) == "1A: 20 keys 1 frame later"
    assert len(counted) < 10


def test_keys_of_several_shots_and_tracks_are_all_put():
    frame = {"frame": 3}
    film = edited(
        FILM,
        "put_keys",
        keys=[
            *put((2, 5)),
            {"track": "focus", "shot": "1A", "distance_m": 3.0} | frame,
            *put((4,), "1B"),
            {"track": "control", "shot": "1B", "control": "t_stop", "value": 4} | frame,
            *put((9,)),
        ],
    )
    one, other = (film.find_shot(slate)[1] for slate in ("1A", "1B"))
    at = key_frames(one.camera, length_frames=one.length_frames)
    assert {2, 5, 9} <= set(at)
    assert one.camera.focus[-1].frame == 3
    assert other.camera.tracks[0].keys[0].value == 4


def test_what_one_part_brings_the_next_can_move():
    edit = edit_of(
        {
            "kind": "together",
            "edits": [
                {"kind": "add_piece", "scene": "1", "stock": "vase",
                 "position_m": (1.6, 0, 0.6)},
                {"kind": "place_piece", "scene": "1", "piece": "vase",
                 "position_m": (1.6, 0, 1.0)},
            ],
        }
    )  # fmt: skip
    assert edit.words(FILM).startswith("Scene 1: vase in")
    placed = {p.id: p for p in edit.apply(FILM).scenes[0].set.pieces}
    assert placed["vase"].position_m == (1.6, 0.0, 1.0)


def test_no_second_floor_or_wall_is_brought_in():
    for piece in FILM.scenes[0].set.pieces:
        if piece.kind in ("floor", "wall", "ceiling", "ground"):
            with pytest.raises(ModelError, match="carried in"):
                edited(FILM, "duplicate_piece", piece=piece.id)


@pytest.mark.parametrize("kind", ["add_piece", "place_piece", "duplicate_piece"])
def test_no_piece_goes_where_nobody_can_see_it(kind):
    what = {"stock": "vase"} if kind == "add_piece" else {"piece": "table"}
    with pytest.raises(ModelError, match="within 400 m"):
        edited(FILM, kind, position_m=(0, 0, 9000), **what)


def test_a_set_is_full_some_time(monkeypatch):
    here = len(FILM.scenes[0].set.pieces)
    monkeypatch.setattr(furnishing, "_MOST_PIECES", here + 1)
    film = edited(FILM, "add_piece", stock="vase", position_m=(1.6, 0, 0.6))
    with pytest.raises(ModelError, match=f"<= {here + 1}, got {here + 2}"):
        edited(film, "duplicate_piece", piece="vase")
