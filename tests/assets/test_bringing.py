import numpy as np
import pytest
import trimesh
from files import BVH, box_files, glb, triangle_document

from previz.cut import take_hash
from previz.direct.navigation import Ways
from previz.errors import AssetError, ModelError, PrevizError, UnknownNameError
from previz.film import Film
from previz.stage import NO_ASSETS, Motion
from previz.widgets.baking import bake
from previz.widgets.payload import array

TEXT = "INT. KITCHEN - DAY\n\nANN waits.\n\nANN\nGood morning.\n"
WHOLE_M = (1.0, 2.0, 0.6)


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    return box_files(tmp_path_factory.mktemp("boxes"))


@pytest.fixture(scope="module")
def bare():
    return Film.from_text(TEXT)


@pytest.fixture(scope="module")
def furnished(bare, boxes):
    return bare.add_piece("1", boxes["glb"], at=(1.0, -0.5), yaw_deg=90, height_m=1.0)


def brought(film):
    return film.value.scenes[0].set.pieces[-1]


def world_corners(film, piece_id):
    scene = film.value.scenes[0]
    stage = film.stage_of(scene)
    number = next(k for k, name in stage.object_names.items() if name == piece_id)
    geometry = stage.set_geometry
    return geometry.positions[geometry.triangles[geometry.triangle_object == number]]


def test_a_piece_stands_where_and_as_large_as_asked(furnished):
    piece = brought(furnished)
    assert (piece.id, piece.kind) == ("box", "import")
    assert piece.size_m == pytest.approx((0.5, 1.0, 0.3))
    corners = world_corners(furnished, "box").reshape(-1, 3)
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    assert middle == pytest.approx((1.0, 0.5, -0.5), abs=1e-4)
    # Turned by 90 degrees: its front is +x now.
    assert np.ptp(corners, axis=0) == pytest.approx((0.3, 1.0, 0.5), abs=1e-4)


def test_the_film_before_is_as_it_was(bare, furnished):
    assert bare.assets is None
    assert len(furnished.value.scenes[0].set.pieces) == (
        len(bare.value.scenes[0].set.pieces) + 1
    )


def test_proportions_change_only_if_asked(bare, boxes):
    film = bare.add_piece("1", boxes["glb"], size_m=(2.0, 1.0, 1.0), at=(3.0, 3.0))
    corners = world_corners(film, "box").reshape(-1, 3)
    assert np.ptp(corners, axis=0) == pytest.approx((2.0, 1.0, 1.0), abs=1e-4)
    kept = bare.add_piece("1", boxes["glb"])
    assert brought(kept).size_m == pytest.approx(WHOLE_M, abs=1e-4)


def test_a_piece_stands_at_a_spot(bare, boxes):
    spot = bare.value.scenes[0].set.spots[0]
    film = bare.add_piece("1", boxes["stl"], at=spot.name, id="wardrobe")
    piece = brought(film)
    assert piece.id == "wardrobe"
    assert piece.position_m == (spot.position_m[0], 0.0, spot.position_m[2])
    assert piece.yaw_deg == spot.facing_deg


def test_the_same_mesh_twice_is_one_asset(furnished, boxes):
    film = furnished.add_piece("1", boxes["glb"], at=(-1.0, 0.0))
    assert brought(film).id == "box-2"
    assert len(film.assets) == 1


def test_what_was_guessed_is_said(bare, tmp_path):
    trimesh.creation.box((900, 1800, 500)).export(tmp_path / "old wardrobe.stl")
    film = bare.add_piece("1", tmp_path / "old wardrobe.stl")
    assert brought(film).id == "old-wardrobe"
    assert any("old wardrobe.stl: Its size" in note for note in film.assets.notes)
    assert "cannot be metres" in film._repr_html_()


def test_a_piece_that_stands_where_somebody_does_is_noted(bare, boxes):
    mark = bare.value.scenes[0].blocking[0].marks[0].position_m
    film = bare.add_piece("1", boxes["glb"], at=(mark[0], mark[2]))
    assert any("stands where ann does" in note for note in film.assets.notes)


def test_assets_stay_through_edits_and_the_folder(furnished, tmp_path):
    shot = furnished.value.scenes[0].shots[0]
    edited = furnished.edited(shot.changed(note="again"))
    assert edited.assets == furnished.assets
    edited.save(tmp_path / "film")
    opened = Film.open(tmp_path / "film")
    assert opened.assets == furnished.assets
    assert (world_corners(opened, "box") == world_corners(furnished, "box")).all()


def test_a_prop_can_be_imported(bare, boxes):
    film = bare.add_piece(
        "1", boxes["glb"], height_m=0.3, at=(0.4, 0.9, 0.2), prop=True
    )
    scene = film.value.scenes[0]
    assert [prop.id for prop in scene.props] == ["box"]
    state = film.stage_of(scene).at(scene.shots[0], 0)
    heights = state.moving.positions[:, 1]
    assert ((heights > 1.19) & (heights < 1.21)).any()
    assert state.moving.materials.base_color[:, 0].max() == pytest.approx(0.8, abs=0.02)


def test_an_imported_place_stands_for_the_set(bare, tmp_path):
    outer, inner = (
        trimesh.creation.box((6, 3, 8)),
        trimesh.creation.box((5.6, 2.6, 7.6)),
    )
    inner.invert()
    trimesh.util.concatenate([outer, inner]).export(tmp_path / "hall.glb")
    film = bare.add_set("1", tmp_path / "hall.glb", yaw_deg=90)
    set_ = film.value.scenes[0].set
    assert [piece.id for piece in set_.pieces] == ["hall"]
    assert set_.size_m == pytest.approx((8, 3, 6), abs=1e-3)
    assert set_.spots == bare.value.scenes[0].set.spots


def test_the_stage_widget_shows_it(furnished):
    scene = furnished.value.scenes[0]
    shot = scene.shots[0]
    header, payload = bake(furnished.stage_of(scene), shot)
    number = len(scene.set.pieces)
    triangles = array(header.set_mesh.triangles, payload)
    geometry = furnished.stage_of(scene).set_geometry
    assert len(triangles) == len(geometry.triangles)
    assert (geometry.triangle_object == number).sum() == 24
    reds = [
        s for s in header.surfaces if s.base_color[0] > 0.75 > 0.1 > s.base_color[1]
    ]
    assert reds


def test_a_missing_asset_is_another_take(furnished):
    film, scene = furnished.value, furnished.value.scenes[0]
    size = {"width_px": 64, "height_px": 36}
    there = take_hash(film, scene, scene.shots[0], assets=furnished.assets, **size)
    away = take_hash(film, scene, scene.shots[0], assets=NO_ASSETS, **size)
    assert there != away


def test_one_walks_under_what_is_high_and_round_what_is_low(bare, tmp_path):
    top = trimesh.creation.box((3.0, 0.1, 0.8))
    top.apply_translation((0, 2.3, 0))
    top.export(tmp_path / "beam.glb")
    film = bare.add_piece("1", tmp_path / "beam.glb", at=(0.0, 2.3, 0.0))
    scene = film.value.scenes[0]
    only = scene.set.changed(pieces=scene.set.pieces[-1:], interior=False)
    ends = (0.0, 0.0, -1.5), (0.0, 0.0, 1.5)
    assert Ways(only, assets=film.assets).way(*ends).via == ()
    low = only.changed(pieces=(only.pieces[0].changed(position_m=(0.0, 1.0, 0.0)),))
    way = Ways(low, assets=film.assets).way(*ends)
    assert way.reached
    assert max(abs(x) for x, _, _ in way.via) > 1.5


def whole_body():
    """A motion of two frames in which somebody stands."""
    text = "HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 6 Xposition Yposition "
    text += "Zposition Zrotation Xrotation Yrotation\n"
    joints = 0
    for start, chain in (
        ((0, 40, 0), ("Head",)),
        *(((x, 35, 0), (f"{side}Arm", f"{side}ForeArm"))
          for side, x in (("Left", 18), ("Right", -18))),
        *(((x, 0, 0), (f"{side}UpLeg", f"{side}Leg", f"{side}Foot"))
          for side, x in (("Left", 9), ("Right", -9))),
    ):  # fmt: skip
        for k, name in enumerate(chain):
            x, y, z = start if k == 0 else (0, -42, 0)
            text += f"JOINT {name}\n{{\nOFFSET {x} {y} {z}\n"
            text += "CHANNELS 3 Zrotation Xrotation Yrotation\n"
        text += "End Site\n{\nOFFSET 0 -5 0\n}\n" + "}\n" * len(chain)
        joints += len(chain)
    frame = "0 90 0" + " 0" * (3 + 3 * joints) + "\n"
    return f"{text}}}\nMOTION\nFrames: 2\nFrame Time: 0.04\n{frame}{frame}"


def test_motion_without_a_body_s_joints_is_refused(bare, tmp_path):
    (tmp_path / "walk.bvh").write_text(BVH)
    with pytest.raises(AssetError, match=r"^Motion\.names must have joints for head"):
        bare.import_motion(tmp_path / "walk.bvh", scene="1", character="ann")


def test_somebody_moves_as_a_file_says(bare, tmp_path):
    (tmp_path / "walk.bvh").write_text(whole_body())
    film = bare.import_motion(
        tmp_path / "walk.bvh", scene="1", character="ann", frame=6, length_frames=12
    )
    clip = film.value.scenes[0].blocking[0].clips[0]
    assert (clip.frame, clip.length_frames) == (6, 12)
    assert isinstance(film.assets[clip.asset], Motion)
    film.save(tmp_path / "film")
    again = Film.open(tmp_path / "film").assets
    assert again.motion(clip.asset).names[:2] == ("Hips", "Head")
    stage = film.stage_of(film.value.scenes[0])
    assert np.isfinite(stage.bones("ann", 8)).all()


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"scene": "9"}, UnknownNameError, "Film.scene must be one of 1"),
        ({"at": "the moon"}, UnknownNameError, "SetPiece.at must be one of"),
        ({"at": (1.0,)}, ModelError, "SetPiece.at must be a spot"),
        ({"at": (float("nan"), 0.0)}, ModelError, "SetPiece.at must be a spot"),
        ({"height_m": 0.0}, ModelError, "SetPiece.height_m must be > 0 m"),
        ({"height_m": float("nan")}, ModelError, "SetPiece.height_m must be > 0 m"),
        ({"size_m": (1.0, -1.0, 1.0)}, ModelError, "SetPiece.size_m must be > 0 m"),
        ({"size_m": (1.0, 1.0, 1.0), "height_m": 1.0}, ModelError, "without size_m"),
        ({"id": "box"}, ModelError, "SetPiece.id must be new"),
        ({"id": "Big Box"}, PrevizError, "SetPiece.id must"),
        ({"up": "w"}, PrevizError, "Asset.up must be one of x, y, z"),
    ],
)
def test_what_is_asked_must_make_sense(furnished, boxes, asked, error, says):
    scene = asked.pop("scene", "1")
    with pytest.raises(error) as caught:
        furnished.add_piece(scene, boxes["glb"], **asked)
    assert says in str(caught.value)


def test_motion_is_for_somebody_on_the_set(bare, tmp_path):
    (tmp_path / "walk.bvh").write_text(BVH)
    with pytest.raises(UnknownNameError, match=r"^Clip\.character must be one of ann"):
        bare.import_motion(tmp_path / "walk.bvh", scene="1", character="bob")


def test_a_flat_mesh_has_no_height_to_scale(bare, tmp_path):
    document = triangle_document()[0]
    points = np.array([(0, 0, 0), (1, 0, 0), (0, 0, 1)], "<f4")
    (tmp_path / "rug.glb").write_bytes(glb(document, points.tobytes()))
    with pytest.raises(ModelError, match=r"^SetPiece\.height_m must not be given"):
        bare.add_piece("1", tmp_path / "rug.glb", height_m=0.5)
    film = bare.add_piece("1", tmp_path / "rug.glb")
    assert brought(film).size_m == pytest.approx((1.0, 0.001, 1.0))
    assert np.isfinite(world_corners(film, "rug")).all()


def test_a_broken_file_leaves_the_film_alone(bare, tmp_path):
    (tmp_path / "a.glb").write_bytes(b"glTF")
    with pytest.raises(AssetError):
        bare.add_piece("1", tmp_path / "a.glb")
    assert bare.assets is None
