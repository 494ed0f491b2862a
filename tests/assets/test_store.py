import io
import zipfile

import numpy as np
import pytest
from made import box_mesh, two_bone_motion

from previz.assets import asset_name, load_assets, pack, store_assets, unpack
from previz.errors import PrevizError
from previz.film import Film
from previz.folder import FilmFolder
from previz.stage import Assets, Mesh, Motion

TEXT = "INT. KITCHEN - DAY\n\nANN waits.\n\nANN\nGood morning.\n"


def furnished(mesh):
    """A film whose first scene holds the mesh as a piece."""
    film = Film.from_text(TEXT)
    name = asset_name(mesh)
    scene = film.value.scenes[0]
    piece = scene.set.pieces[0].changed(
        id="brought", kind="import", asset=name, size_m=mesh.size_m, openings=()
    )
    set_ = scene.set.changed(pieces=(*scene.set.pieces, piece))
    value = film.value.changed(scenes=(scene.changed(set=set_),))
    return Film(value, assets=Assets({name: mesh})), name


@pytest.mark.parametrize("asset", [box_mesh(), two_bone_motion()])
def test_what_is_packed_is_what_is_unpacked(asset):
    again = unpack(pack(asset))
    assert type(again) is type(asset)
    assert pack(again) == pack(asset)
    assert asset_name(again) == asset_name(asset)


def test_an_asset_has_the_same_name_on_every_machine(monkeypatch):
    name = asset_name(box_mesh())
    monkeypatch.setattr("sys.platform", "win32")
    assert asset_name(box_mesh()) == name
    with zipfile.ZipFile(io.BytesIO(pack(box_mesh()))) as archive:
        kinds = {entry.compress_type for entry in archive.infolist()}
    assert kinds == {zipfile.ZIP_STORED}


def test_another_colour_is_another_asset():
    assert asset_name(box_mesh()) != asset_name(box_mesh(color=(0.8, 0.1, 0.2)))


def test_a_film_keeps_its_assets_in_its_folder(tmp_path):
    film, name = furnished(box_mesh((0.4, 2.0, 0.6)))
    film.save(tmp_path / "film")
    again = Film.open(tmp_path / "film")
    assert again.assets == film.assets
    assert again.assets.notes == ()
    mesh = again.assets[name]
    assert isinstance(mesh, Mesh)
    assert mesh.size_m == pytest.approx((0.4, 2.0, 0.6))


@pytest.mark.parametrize("harm", ["missing", "changed", "cut short", "link"])
def test_a_grey_box_stands_for_a_broken_asset_and_the_film_says_so(tmp_path, harm):
    film, name = furnished(box_mesh((0.4, 2.0, 0.6)))
    film.save(tmp_path / "film")
    path = tmp_path / "film" / "assets" / f"{name}.npz"
    whole = path.read_bytes()
    path.unlink()
    if harm == "changed":
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif harm == "cut short":
        path.write_bytes(whole[: len(whole) // 2])
    elif harm == "link":
        (tmp_path / "elsewhere.npz").write_bytes(whole)
        path.symlink_to(tmp_path / "elsewhere.npz")
    again = Film.open(tmp_path / "film")
    assert name not in again.assets
    assert len(again.assets.notes) == 1
    assert "brought (scene 1)" in again.assets.notes[0]
    assert "A stand-in is shown for brought" in again._repr_html_()
    geometry = again.stage_of(again.value.scenes[0]).set_geometry
    last = int(geometry.triangle_object.max())
    corners = geometry.positions[geometry.triangles[geometry.triangle_object == last]]
    assert np.ptp(corners.reshape(-1, 3)[:, 1]) == pytest.approx(2.0, abs=1e-4)


def test_saving_again_mends_a_broken_asset(tmp_path):
    film, name = furnished(box_mesh())
    film.save(tmp_path / "film")
    path = tmp_path / "film" / "assets" / f"{name}.npz"
    path.write_bytes(b"no asset")
    film.save(tmp_path / "film")
    assert name in Film.open(tmp_path / "film").assets


def test_bytes_that_are_no_asset_are_refused():
    data = pack(box_mesh())
    for wrong in (b"", b"PK", data[:100], data[: len(data) // 2]):
        with pytest.raises(PrevizError, match=r"^Asset\.file must be"):
            unpack(wrong)


def replaced(data, name, values):
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(target, "w") as after,
    ):
        for entry in before.namelist():
            raw = before.read(entry)
            if entry == f"{name}.npy":
                held = io.BytesIO()
                np.save(held, values, allow_pickle=True)
                raw = held.getvalue()
            after.writestr(entry, raw)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("triangles", np.array([[0, 1, 99]], np.int32)),
        ("triangles", np.zeros((0, 3), np.int32)),
        ("triangles", np.array([[0, 1, 2]], np.int64)),
        ("positions", np.full((36, 3), np.nan, np.float32)),
        ("positions", np.zeros((4, 3), np.float32)),
        ("matter", np.array([{"a": 1}], object)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(name, values):
    with pytest.raises(PrevizError, match=r"^Asset\.file must be"):
        unpack(replaced(pack(box_mesh()), name, values))


def test_a_header_cannot_ask_for_more_than_the_file_holds():
    held = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        held, {"descr": "<f4", "fortran_order": False, "shape": (10**12, 3)}
    )
    data = pack(box_mesh())
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(target, "w") as after,
    ):
        for entry in before.namelist():
            raw = before.read(entry)
            after.writestr(entry, held.getvalue() if "positions" in entry else raw)
    with pytest.raises(PrevizError, match=r"^Asset\.file must be"):
        unpack(target.getvalue())


def test_motion_is_kept_beside_meshes(tmp_path):
    folder = FilmFolder(tmp_path / "film")
    motion = two_bone_motion()
    name = asset_name(motion)
    store_assets(folder, Assets({name: motion}))
    film, _ = furnished(box_mesh())
    scene = film.value.scenes[0]
    clip = {"asset": name, "frame": 0, "length_frames": 3}
    blocking = scene.blocking[0].changed(clips=(clip,))
    scene = scene.changed(blocking=(blocking, *scene.blocking[1:]))
    found = load_assets(folder, film.value.changed(scenes=(scene,)))
    assert isinstance(found[name], Motion)
    assert found.motion(name).names == ("hip", "knee")
    assert found.mesh(name) is None
