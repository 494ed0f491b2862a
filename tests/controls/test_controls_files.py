"""Control signals in a folder: what other programs read is what the shot knows."""

import json
from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image

from previz.controls import camera_track, depth_picture, depth_range, exact_flow
from previz.deliver import CONTROLS, id_of, read_exr, write_controls
from previz.errors import FilmFolderError, ModelError, UnknownNameError
from previz.film import Film

SIZE = (64, 36)


LONG = 5


@pytest.fixture
def footage(footage):
    """Hold the shot for five frames: enough for everything that is written."""
    short = footage.shot.changed(
        length_frames=LONG, camera=footage.scene.shots[1].camera
    )
    return replace(footage, shot=short)


@pytest.fixture
def written(footage, tmp_path):
    told = []
    folder = write_controls(
        tmp_path / "2B", footage, size=SIZE,
        references=lambda name: {"figure_000": np.full((8, 6, 3), 90, np.uint8)},
        report=lambda *step: told.append(step),
    )  # fmt: skip
    return folder, told


def shown(path):
    with Image.open(path) as picture:
        return np.asarray(picture)


def test_a_folder_holds_every_signal_of_every_frame(footage, written):
    folder, told = written
    count = footage.length_frames
    pngs = {"depth", "normal", "edges", "soft_edges", "canny", "mattes", "pose",
            "preview"}  # fmt: skip
    for name in pngs:
        pictures = sorted((folder / name).glob("*.png"))
        assert len(pictures) == count
        assert shown(pictures[-1]).shape == (SIZE[1], SIZE[0], 3)
    assert len(list((folder / "flow").glob("*.npz"))) == count - 1
    with av.open(str(folder / "preview.mp4")) as movie:
        assert sum(1 for _ in movie.decode(video=0)) == count
    first = shown(folder / "first.png")
    assert np.array_equal(first, footage.preview(0, size=SIZE))
    assert (folder / "references" / "ann" / "figure_000.png").is_file()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["signals"]) == set(CONTROLS)
    assert manifest["frames"] == count
    assert "ComfyUI" in (folder / "README.md").read_text()
    assert told[-1][1] == told[-1][2]
    assert [step[1] for step in told] == sorted(step[1] for step in told)
    assert not [path for path in folder.parent.iterdir() if path != folder]


def test_exr_and_npz_hold_what_the_stage_knows(footage, written):
    folder, _ = written
    buffers, _ = footage.buffers(3, size=SIZE)
    exr = read_exr(folder / "exr" / "000003.exr")
    assert np.array_equal(exr.layers["depth"], buffers.depth_m)
    flow = exact_flow(footage, 3, to_frame=4, size=SIZE)
    assert np.allclose(exr.layers["motion"], flow, atol=1e-5)
    there = exr.layers["ids"][..., 0] == id_of("p1")
    assert np.array_equal(there, buffers.object_id == 1001)
    with np.load(folder / "flow" / "000003.npz") as kept:
        assert np.allclose(kept["forward_px"], flow)
    with np.load(folder / "camera.npz") as camera:
        states = [footage.state(n, width_px=64).camera for n in (0, 3)]
        track = camera_track(states, width_px=64, height_px=36)
        assert np.allclose(camera["world_from_camera_opencv"][3],
                           track.world_from_camera[1])  # fmt: skip
        pose = np.linalg.inv(camera["world_from_camera_opencv"][0])
        with np.load(folder / "rays" / "000003.npz") as kept:
            rays = kept["rays"].astype(np.float64)
    # Every ray meets the point that the frame sees there.
    solid = np.isfinite(buffers.depth_m)
    points = buffers.position_world[solid] @ pose[:3, :3].T + pose[:3, 3]
    gap = np.cross(points, rays[solid][:, 3:]) - rays[solid][:, :3]
    assert np.abs(gap).max() < 0.02


def test_grey_of_depth_means_one_distance_in_the_whole_shot(footage, written):
    folder, _ = written
    seen = [footage.buffers(n, size=SIZE)[0].depth_m for n in range(LONG)]
    spread = depth_range(seen)
    kept = shown(folder / "depth" / "000004.png")
    assert np.array_equal(kept, depth_picture(seen[4], spread))


def test_what_failed_leaves_what_was_there_and_a_stranger_is_refused(footage, tmp_path):
    folder = write_controls(tmp_path / "a", footage, size=SIZE, wanted=["depth"])
    assert not (folder / "exr").exists()

    def broken(name):
        raise FilmFolderError("no room")

    with pytest.raises(FilmFolderError, match="no room"):
        write_controls(folder, footage, size=SIZE, wanted=["references"],
                       references=broken)  # fmt: skip
    assert (folder / "depth" / "000004.png").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    write_controls(folder, footage, size=SIZE, wanted=["camera"])
    assert (folder / "camera.npz").is_file()
    assert not (folder / "depth").exists()
    strange = tmp_path / "thesis"
    strange.mkdir()
    (strange / "thesis.txt").write_text("mine")
    with pytest.raises(FilmFolderError, match=r"Shot\.controls\.folder must be new"):
        write_controls(strange, footage, size=SIZE)


def test_wrong_names_and_sizes_are_refused(footage, tmp_path):
    with pytest.raises(UnknownNameError, match="soft_edges"):
        write_controls(tmp_path / "a", footage, size=SIZE, wanted=["hed"])
    for size in ((63, 36), (8, 8), (64, 5000)):
        with pytest.raises(ModelError, match=r"Shot\.controls\.size must be even"):
            write_controls(tmp_path / "a", footage, size=size)
    assert not list(tmp_path.iterdir())


def test_a_shot_in_a_cell_writes_its_controls(short_film, tmp_path):
    shot = Film(short_film(lengths=((3, 3),))).shots[0]
    folder = shot.controls(tmp_path / "1A", size=SIZE, only=["camera", "pose"])
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md", "camera.npz", "manifest.json", "pose",
    ]  # fmt: skip
    assert len(list((folder / "pose").glob("*.json"))) == 3
