import math

import numpy as np
import pytest
from files import BVH

from previz.assets import read_motion
from previz.errors import AssetError, PrevizError


def written(folder, text=BVH, name="walk.bvh"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def matrix(rotation):
    x, y, z, w = rotation
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def about(axis, deg):
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    i, j = {"X": (1, 2), "Y": (2, 0), "Z": (0, 1)}[axis]
    turn = np.eye(3)
    turn[i, i] = turn[j, j] = c
    turn[j, i], turn[i, j] = s, -s
    return turn


def test_a_motion_is_read_in_metres(tmp_path):
    motion, notes = read_motion(written(tmp_path))
    assert motion.names == ("Hips", "LeftLeg", "Spine")
    assert motion.parents == (-1, 0, 0)
    assert motion.offsets_m[1] == pytest.approx((0.1, 0, 0))
    assert motion.positions_m[1] == pytest.approx((0, 0.9, 1.0))
    assert motion.seconds_a_frame == pytest.approx(1 / 30, rel=1e-4)
    assert any("0.01 m" in note for note in notes)


def test_turns_are_made_in_the_order_of_the_channels(tmp_path):
    values = "0 90 0 10 20 30 0 0 0 40 50 60"
    text = BVH.replace("0 90 100 0 0 90 0 30 0 0 0 45", values)
    motion, _ = read_motion(written(tmp_path, text))
    hips = about("Z", 10) @ about("X", 20) @ about("Y", 30)
    spine = about("Y", 40) @ about("X", 50) @ about("Z", 60)
    assert matrix(motion.rotations[1, 0]) == pytest.approx(hips)
    assert matrix(motion.rotations[1, 2]) == pytest.approx(spine)
    assert np.linalg.norm(motion.rotations, axis=2) == pytest.approx(1.0)


def test_the_unit_can_be_told(tmp_path):
    motion, notes = read_motion(written(tmp_path), unit_m=0.0254)
    assert motion.offsets_m[1, 0] == pytest.approx(0.254)
    assert notes == ()


@pytest.mark.parametrize(
    ("leg", "unit_m"), [("0.9", 1.0), ("90", 0.01), ("36", 0.0254), ("930", 0.001)]
)
def test_the_unit_is_guessed_from_the_height_of_the_hips(tmp_path, leg, unit_m):
    text = BVH.replace("OFFSET 0 -90 0", f"OFFSET 0 -{leg} 0")
    motion, _ = read_motion(written(tmp_path, text))
    assert motion.offsets_m[1, 0] == pytest.approx(10 * unit_m)


def test_windows_lines_and_spaces_are_read(tmp_path):
    text = BVH.replace("\n", "\r\n").replace("Frames: 2", "Frames:\t2 ") + "\r\n\r\n"
    motion, _ = read_motion(written(tmp_path, text))
    assert len(motion.positions_m) == 2


WRONG = {
    "unknown keyword": ("JOINT Spine", "BONE Spine", "JOINT or End"),
    "no hierarchy": ("HIERARCHY", "TREE", "HIERARCHY"),
    "no motion": ("MOTION", "", "MOTION"),
    "two joints of a name": ("JOINT Spine", "JOINT LeftLeg", "a name of its own"),
    "a joint without a name": ("JOINT Spine", "JOINT", "a name of its own"),
    "unknown channel": ("Yrotation Xrotation Z", "Yrotation Qrotation Z", "each once"),
    "a channel twice": ("Yrotation Xrotation Z", "Yrotation Yrotation Z", "each once"),
    "too few channel names": ("CHANNELS 6", "CHANNELS 7", "0 to 6 channels"),
    "channel count": ("CHANNELS 6", "CHANNELS 5", "JOINT or End"),
    "no number": ("OFFSET 10 0 0", "OFFSET ten 0 0", "a number"),
    "NaN offset": ("OFFSET 10 0 0", "OFFSET nan 0 0", "a number"),
    "NaN value": ("0 90 100 0", "0 nan 100 0", "finite numbers"),
    "huge value": ("0 90 100 0", "0 1e30 100 0", "finite numbers"),
    "a word among values": ("0 90 100 0", "0 x 100 0", "numbers alone"),
    "a value too few": ("0 0 45", "0 45", "12 values, one a channel, in line 29"),
    "a frame too few": ("Frames: 2", "Frames: 3", "the 3 frames it announces"),
    "a frame too many": ("Frames: 2", "Frames: 1", "the 1 frames it announces"),
    "no frames": ("Frames: 2", "Frames: 0", "Frames: 1 to"),
    "endless frames": ("Frames: 2", "Frames: 99999999999", "Frames: 1 to"),
    "frames no number": ("Frames: 2", "Frames: two", "Frames: 1 to"),
    "no time": ("Frame Time: 0.0333333", "Frame Time: 0", "Frame Time: 0.0001"),
    "huge time": ("Frame Time: 0.0333333", "Frame Time: 99", "Frame Time: 0.0001"),
    "negative time": ("Frame Time: 0.03", "Frame Time: -0.03", "Frame Time: 0.0001"),
    "NaN time": ("Frame Time: 0.0333333", "Frame Time: nan", "Frame Time: 0.0001"),
    "two roots": (
        "MOTION",
        "ROOT Other { OFFSET 0 0 0 }\nMOTION",
        "after the one ROOT",
    ),
    "open brace": ("}\n}\nMOTION", "}\nMOTION", "the end of the hierarchy"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_broken_motion_says_its_line(tmp_path, case):
    old, new, says = WRONG[case]
    assert old in BVH
    path = written(tmp_path, BVH.replace(old, new, 1))
    with pytest.raises(
        AssetError, match=r"^Asset\.bvh must have .* in line \d+"
    ) as caught:
        read_motion(path)
    assert says in str(caught.value)


def test_nesting_has_a_limit(tmp_path):
    opened = "".join(f"JOINT j{k} {{ OFFSET 0 1 0 CHANNELS 0 " for k in range(80))
    text = "HIERARCHY ROOT a { OFFSET 0 0 0 " + opened + "}" * 81 + "\nMOTION\n"
    with pytest.raises(AssetError, match="64 deep"):
        read_motion(written(tmp_path, text))


@pytest.mark.parametrize(("name", "data", "says"), [
    ("a.bvh", b"", "must hold 1 to"),
    ("a.fbx", b"x", "must be bvh"),
    ("a.bvh", b"\xff\xfe\x00", "plain text"),
])  # fmt: skip
def test_what_is_no_motion_is_refused(tmp_path, name, data, says):
    with pytest.raises(AssetError) as caught:
        read_motion(written(tmp_path, data, name))
    assert says in str(caught.value)
    with pytest.raises(AssetError, match="must be a file"):
        read_motion(tmp_path / "gone.bvh")


def test_no_cut_or_flipped_bit_raises_anything_else(tmp_path):
    whole = BVH.encode()
    rng = np.random.default_rng(4)
    for n in range(400):
        data = bytearray(whole[: rng.integers(1, len(whole))] if n % 2 else whole)
        for _ in range(int(rng.integers(0, 4))):
            data[rng.integers(len(data))] ^= 1 << int(rng.integers(8))
        try:
            motion, _ = read_motion(written(tmp_path, bytes(data)))
        except PrevizError:
            continue
        assert np.isfinite(motion.rotations).all()
