import json

import numpy as np
import pytest
import trimesh
from files import (
    BOX_M,
    RED,
    box_files,
    checks,
    glb,
    knobbed_box,
    triangle_document,
    write_usd,
)
from pxr import Gf, Sdf, Usd, UsdGeom, UsdShade

from previz.assets import MESH_KINDS, read_mesh
from previz.assets.reading import read_mesh_here
from previz.errors import AssetError, PrevizError, UnknownNameError
from previz.model import Matter
from previz.stage import MATTERS

WHOLE_M = (1.0, 2.0, 0.6)


def read(path, *, unit_m=None, up=None, crease_deg=40.0):
    return read_mesh_here(path, unit_m=unit_m, up=up, crease_deg=crease_deg)


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    return box_files(tmp_path_factory.mktemp("boxes"))


@pytest.mark.parametrize("kind", [k for k in MESH_KINDS if k != "usd"])
def test_a_box_arrives_in_metres_y_up_with_its_knob_in_front(boxes, kind):
    mesh, _ = read(boxes[kind])
    assert mesh.size_m == pytest.approx(WHOLE_M, abs=1e-4)
    assert mesh.positions[:, 1].min() == pytest.approx(0.0, abs=1e-5)
    front = mesh.positions[mesh.positions[:, 2] > 0.25 + 1e-3 - 0.05]
    assert front[:, 0].max() == pytest.approx(0.5, abs=1e-4)
    assert front[:, 1].max() == pytest.approx(2.0, abs=1e-4)
    small = front[front[:, 2] > 0.29]
    assert small[:, 0].min() > 0.3
    assert small[:, 1].min() > 1.8


@pytest.mark.parametrize("kind", [k for k in MESH_KINDS if k != "usd"])
def test_faces_look_outward(boxes, kind):
    mesh, _ = read(boxes[kind])
    corners = mesh.positions[mesh.triangles].astype(float)
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    assert volume / 6 == pytest.approx(np.prod(BOX_M) + 0.001, rel=1e-3)
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    along = np.einsum("ij,ikj->ik", flat, mesh.normals[mesh.triangles])
    assert (along > 0).all()


@pytest.mark.parametrize("kind", ["glb", "gltf", "usda", "usdz"])
def test_colours_arrive_linear(boxes, kind):
    mesh, _ = read(boxes[kind])
    red = mesh.materials.base_color[:, 0] - mesh.materials.base_color[:, 1]
    assert mesh.materials.base_color[red.argmax()] == pytest.approx(RED, abs=0.01)


def test_matter_is_guessed_by_name(boxes):
    mesh, _ = read(boxes["glb"])
    words = {MATTERS[row] for row in mesh.materials.matter}
    assert words == {Matter.WOOD, Matter.PLASTIC}


@pytest.mark.parametrize(
    ("unit_m", "up", "size_m"),
    [
        (0.01, None, (0.01, 0.02, 0.006)),
        (1.0, "z", (1.0, 0.6, 2.0)),
        (1.0, "x", (2.0, 1.0, 0.6)),
    ],
)
def test_what_a_file_does_not_say_can_be_told(boxes, unit_m, up, size_m):
    mesh, _ = read(boxes["stl"], unit_m=unit_m, up=up)
    assert mesh.size_m == pytest.approx(size_m, abs=1e-4)


def test_a_size_that_cannot_be_metres_is_guessed_and_told(tmp_path):
    trimesh.creation.box((900, 1800, 500)).export(tmp_path / "wardrobe.stl")
    mesh, notes = read(tmp_path / "wardrobe.stl")
    assert mesh.size_m == pytest.approx((9.0, 18.0, 5.0), rel=1e-4)
    assert any("cannot be metres; one unit is taken as 0.01 m" in n for n in notes)
    told, notes = read(tmp_path / "wardrobe.stl", unit_m=0.001)
    assert told.size_m == pytest.approx((0.9, 1.8, 0.5), rel=1e-4)
    assert not any("cannot be metres" in n for n in notes)


def test_mirrored_instances_are_flattened_and_keep_their_outside(tmp_path):
    body, _ = knobbed_box()
    scene = trimesh.Scene()
    scene.add_geometry(body, geom_name="body", node_name="one")
    mirror = np.diag([-1.0, 1.0, 1.0, 1.0])
    mirror[0, 3] = 4.0
    scene.graph.update(frame_to="two", matrix=mirror, geometry="body")
    scene.export(tmp_path / "pair.glb")
    mesh, _ = read(tmp_path / "pair.glb")
    assert mesh.size_m == pytest.approx((5.0, 2.0, 0.5), abs=1e-4)
    corners = mesh.positions[mesh.triangles].astype(float)
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    assert volume / 6 == pytest.approx(2 * np.prod(BOX_M), rel=1e-3)


def test_a_usd_instance_is_there_twice(tmp_path):
    write_usd(tmp_path / "box.usda")
    stage = Usd.Stage.CreateNew(str(tmp_path / "pair.usda"))
    UsdGeom.SetStageUpAxis(stage, "Z")
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)
    for name, x in (("a", 0.0), ("b", 300.0)):
        prim = UsdGeom.Xform.Define(stage, f"/{name}")
        prim.AddTranslateOp().Set(Gf.Vec3d(x, 0, 0))
        prim.GetPrim().GetReferences().AddReference("./box.usda")
        prim.GetPrim().SetInstanceable(instanceable=True)
    stage.GetRootLayer().Save()
    mesh, _ = read(tmp_path / "pair.usda")
    assert mesh.size_m == pytest.approx((4.0, 2.0, 0.6), abs=1e-4)


def textured_card(folder, picture="card.png"):
    """A card of two triangles, red on its left and blue on its right."""
    points = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0),
                       (2, 0, 0), (2, 1, 0)], float)  # fmt: skip
    faces = [(0, 1, 2), (0, 2, 3), (1, 4, 5), (1, 5, 2)]
    uv = points[:, :2] / (2, 1)
    from PIL import Image

    material = trimesh.visual.material.PBRMaterial(
        baseColorTexture=Image.open(checks(folder / picture)), metallicFactor=0.0,
        roughnessFactor=0.3,
    )  # fmt: skip
    return trimesh.Trimesh(
        points, faces, process=False,
        visual=trimesh.visual.TextureVisuals(uv=uv, material=material),
    )  # fmt: skip


def test_a_textured_face_has_the_colour_that_it_shows(tmp_path):
    textured_card(tmp_path).export(tmp_path / "card.glb")
    mesh, _ = read(tmp_path / "card.glb")
    middle = mesh.positions[mesh.triangles].mean(axis=1)[:, 0]
    color = mesh.materials.base_color[mesh.triangle_material]
    red, blue = (
        ((200 / 255 + 0.055) / 1.055) ** 2.4,
        ((30 / 255 + 0.055) / 1.055) ** 2.4,
    )
    assert color[middle < 0] == pytest.approx(
        np.tile((red, blue, blue), (2, 1)), abs=0.02
    )
    assert color[middle > 0] == pytest.approx(
        np.tile((blue, blue, red), (2, 1)), abs=0.02
    )
    assert mesh.materials.roughness == pytest.approx(0.3)


def test_a_usd_texture_colours_the_mesh_that_is_bound_to_it(tmp_path):
    checks(tmp_path / "wood.png", colors=((200, 120, 40), (200, 120, 40)))
    write_usd(tmp_path / "box.usda", textured=True)
    mesh, notes = read(tmp_path / "box.usda")
    assert notes == []
    most = np.bincount(mesh.triangle_material).argmax()
    r, g, b = mesh.materials.base_color[most]
    assert r > g > b > 0.01
    assert mesh.materials.roughness[most] == pytest.approx(0.7)
    assert MATTERS[mesh.materials.matter[most]] is Matter.WOOD


def test_an_obj_is_coloured_by_its_mtl(tmp_path):
    (tmp_path / "two.mtl").write_text(
        "newmtl window_glass\nKd 0.5 0.5 0.5\nd 0.2\nnewmtl steel\nKd 1 0 0\nPm 1.0\n"
    )
    (tmp_path / "two.obj").write_text(
        "mtllib two.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\n"
        "usemtl window_glass\nf 1 2 3\nusemtl steel\nf 2 4 3\n"
    )
    mesh, _ = read(tmp_path / "two.obj")
    matters = [MATTERS[row] for row in mesh.materials.matter]
    assert set(matters) == {Matter.GLASS, Matter.METAL}
    steel = matters.index(Matter.METAL)
    assert mesh.materials.base_color[steel] == pytest.approx((1, 0, 0), abs=1e-3)


def test_a_missing_texture_is_noted(tmp_path):
    (tmp_path / "a.mtl").write_text("newmtl a\nKd 0 1 0\nmap_Kd nowhere.png\n")
    (tmp_path / "a.obj").write_text(
        "mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 0 1\n"
        "usemtl a\nf 1/1 2/2 3/3\n"
    )
    mesh, notes = read(tmp_path / "a.obj")
    assert len(mesh.triangles) == 1
    assert any("nowhere.png" in note for note in notes)


def test_edges_sharper_than_the_crease_stay_sharp(tmp_path):
    trimesh.creation.icosphere(subdivisions=3).export(tmp_path / "ball.stl")
    ball, _ = read(tmp_path / "ball.stl")
    up = ball.positions - np.array([0, 1, 0])
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    assert np.einsum("ij,ij->i", up, ball.normals).min() > 0.995
    faceted, _ = read(tmp_path / "ball.stl", crease_deg=1.0)
    corners = faceted.positions[faceted.triangles].astype(float)
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    each = faceted.normals[faceted.triangles]
    assert np.einsum("ij,ikj->ik", flat, each).min() > 0.999
    trimesh.creation.box((1, 1, 1)).export(tmp_path / "cube.stl")
    cube, _ = read(tmp_path / "cube.stl")
    assert np.abs(cube.normals).max(axis=1) == pytest.approx(1.0, abs=1e-4)


def test_a_fine_mesh_is_thinned_and_keeps_its_shape(tmp_path):
    ball = trimesh.creation.icosphere(subdivisions=7, radius=0.5)
    assert len(ball.faces) == 327_680
    ball.export(tmp_path / "ball.ply")
    mesh, notes = read(tmp_path / "ball.ply")
    assert 50_000 < len(mesh.triangles) <= 300_000
    assert mesh.size_m == pytest.approx((1, 1, 1), abs=0.01)
    assert any("327,680 triangles were thinned" in note for note in notes)


def test_two_million_triangles_are_refused(tmp_path):
    count = 2_000_001
    (tmp_path / "huge.stl").write_bytes(
        b"\0" * 80 + count.to_bytes(4, "little") + b"\0" * (50 * count)
    )
    with pytest.raises(AssetError, match=r"^Asset\.triangles must be <= 2,000,000"):
        read(tmp_path / "huge.stl")


def test_triangles_without_area_are_left_out_and_noted(tmp_path):
    (tmp_path / "a.obj").write_text(
        "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\nf 1 2 2\nf 1 1 1\n"
    )
    mesh, notes = read(tmp_path / "a.obj")
    assert len(mesh.triangles) == 1
    assert any("2 triangles without area" in note for note in notes)


REFUSED = {
    "empty.glb": (b"", "must hold a mesh"),
    "empty.obj": (b"", "must hold a mesh"),
    "faceless.obj": (b"v 0 0 0\nv 1 0 0\nv 0 1 0\n", "Asset.file must"),
    "faceless.ply": (
        b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\n"
        b"property float y\nproperty float z\nend_header\n0 0 0\n",
        "at least one face",
    ),
    "flat.obj": (b"v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n", "must have area"),
    "nan.obj": (b"v 0 0 nan\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "must be finite numbers"),
    "inf.obj": (b"v 0 0 inf\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "must be finite numbers"),
    "far.obj": (b"v 0 0 7\nv 1 0 0\nv 0 1 0\nf 1 2 9\n", "Asset.f"),
    "noise.glb": (b"glTF" + b"\xff" * 64, "must be a whole glTF"),
    "noise.gltf": (b"not json", "must be a whole glTF"),
    "deep.gltf": (b"[" * 100_000, "must be a whole glTF"),
    "list.gltf": (b"[]", "must be a whole glTF"),
    "one.gltf": (b'{"asset": {"version": "1.0"}}', "must be a whole glTF"),
    "bare.gltf": (b'{"asset": {"version": "2.0"}}', "at least one face"),
    "noise.usda": (b"#usda 1.0\n(((((", "must be a whole USD"),
    "noise.usdc": (b"PXR-USDC" + b"\0" * 200, "must be a whole USD"),
    "noise.usdz": (b"PK\3\4 no", "must be a whole USD"),
    "noise.stl": (b"\0" * 80 + b"\xff" * 8, "must hold its"),
    "huge.ply": (
        b"ply\nformat binary_little_endian 1.0\nelement vertex 999999999\n"
        b"property float x\nend_header\n",
        "must hold its",
    ),
    "mesh.obj": (b"glTF\2\0\0\0", "must be what its ending says"),
    "mesh.fbx": (b"Kaydara", "must be one of glb, gltf, obj"),
    "mesh": (b"?", "must be one of glb, gltf, obj"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_mesh_is_refused_in_the_house_form(tmp_path, name):
    data, says = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PrevizError, match=r"^Asset\.\w+ must .*, got ") as caught:
        read(tmp_path / name)
    assert says in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(AssetError, match=r"^Asset\.path must be a file"):
        read(tmp_path / "nowhere.glb")


def document_of(case):
    document, binary = triangle_document()
    match case:
        case "missing buffer":
            document["buffers"][0]["uri"] = "gone.bin"
        case "short buffer":
            binary = binary[:20]
        case "short view":
            document["bufferViews"][0]["byteLength"] = 12
        case "draco":
            document["extensionsRequired"] = ["KHR_draco_mesh_compression"]
        case "circle":
            document["nodes"] = [{"mesh": 0, "children": [1]}, {"children": [0]}]
        case "no such node":
            document["scenes"][0]["nodes"] = [7]
        case "no such mesh":
            document["nodes"][0]["mesh"] = 3
        case "index beyond":
            document["accessors"].append(
                {
                    "componentType": 5125,
                    "count": 3,
                    "type": "SCALAR",
                    "bufferView": 0,
                    "byteOffset": 12,
                }
            )
            document["meshes"][0]["primitives"][0]["indices"] = 1
        case "nan":
            binary = np.full((3, 3), np.nan, "<f4").tobytes()
        case "endless":
            document["accessors"] = [
                {"componentType": 5126, "count": 2**40, "type": "VEC3"}
            ]
        case "nan transform":
            document["nodes"][0]["matrix"] = [float("nan")] * 16
    return glb(document, binary)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("missing buffer", "Asset.buffers must lie beside"),
        ("short buffer", "Asset.buffers must hold all"),
        ("short view", "Asset.buffers must hold all"),
        ("draco", "Asset.extensions must be ones"),
        ("circle", "nested in a circle"),
        ("no such node", "there is no nodes[7]"),
        ("no such mesh", "there is no meshes[3]"),
        ("index beyond", "Asset.faces must point at vertices"),
        ("nan", "Asset.vertices must be finite"),
        ("endless", "must be a whole glTF"),
        ("nan transform", "transform of no numbers"),
    ],
)
def test_a_broken_gltf_says_what_is_wrong(tmp_path, case, says):
    (tmp_path / "a.glb").write_bytes(document_of(case))
    with pytest.raises(AssetError) as caught:
        read(tmp_path / "a.glb")
    assert says in str(caught.value)


ESCAPES = (
    "../secret.bin",
    "/etc/passwd",
    "..%2Fsecret.bin",
    "sub/../../secret.bin",
    "file:///etc/passwd",
    "http://example.org/a.bin",
    "C:\\secret.bin",
    "..\\secret.bin",
    "link.bin",
)


@pytest.mark.parametrize("name", ESCAPES)
def test_a_gltf_reads_nothing_outside_its_folder(tmp_path, name):
    own = tmp_path / "own"
    own.mkdir()
    document, binary = triangle_document()
    (tmp_path / "secret.bin").write_bytes(binary)
    (own / "link.bin").symlink_to(tmp_path / "secret.bin")
    document["buffers"][0]["uri"] = name
    (own / "a.gltf").write_text(json.dumps(document))
    with pytest.raises(AssetError, match=r"^Asset\.file must name only files in its"):
        read(own / "a.gltf")


@pytest.mark.parametrize("line", ["mtllib ../a.mtl", "mtllib /etc/passwd"])
def test_an_obj_reads_nothing_outside_its_folder(tmp_path, line):
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "a.mtl").write_text("newmtl a\n")
    (own / "a.obj").write_text(f"{line}\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    with pytest.raises(AssetError, match=r"^Asset\.file must name only files in its"):
        read(own / "a.obj")


@pytest.mark.parametrize("how", ["reference", "sublayer", "payload", "texture"])
@pytest.mark.parametrize("where", ["../box.usda", "absolute", "link.usda"])
def test_a_usd_reads_nothing_outside_its_folder(tmp_path, how, where):
    own = tmp_path / "own"
    own.mkdir()
    outside = write_usd(tmp_path / "box.usda")
    (own / "link.usda").symlink_to(outside)
    name = str(outside) if where == "absolute" else where
    if how == "sublayer":
        layer = Sdf.Layer.CreateNew(str(own / "a.usda"))
        layer.subLayerPaths.append(name)
        layer.Save()
    elif how == "texture":
        from files import cover

        stage = Usd.Stage.Open(str(write_usd(own / "a.usda")))
        cover(stage, "/root/body", name)
        stage.GetRootLayer().Save()
    else:
        stage = Usd.Stage.CreateNew(str(own / "a.usda"))
        prim = stage.DefinePrim("/a")
        arcs = prim.GetReferences() if how == "reference" else prim.GetPayloads()
        (arcs.AddReference if how == "reference" else arcs.AddPayload)(name)
        stage.GetRootLayer().Save()
    with pytest.raises(AssetError, match=r"^Asset\.file must name only files in its"):
        read(own / "a.usda")


def test_a_usd_material_without_texture_is_read(tmp_path):
    write_usd(tmp_path / "a.usda")
    stage = Usd.Stage.Open(str(tmp_path / "a.usda"))
    material = UsdShade.Material.Define(stage, "/root/chrome")
    shader = UsdShade.Shader.Define(stage, "/root/chrome/s")
    shader.CreateIdAttr("UsdPreviewSurface")
    shader.CreateInput("metallic", Sdf.ValueTypeNames.Float).Set(1.0)
    shader.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f).Set((0.9, 0.8, 0.1))
    material.CreateSurfaceOutput().ConnectToSource(shader.ConnectableAPI(), "surface")
    body = stage.GetPrimAtPath("/root/body")
    UsdShade.MaterialBindingAPI.Apply(body).Bind(material)
    stage.GetRootLayer().Save()
    mesh, _ = read(tmp_path / "a.usda")
    metal = [MATTERS[m] for m in mesh.materials.matter].index(Matter.METAL)
    assert mesh.materials.base_color[metal] == pytest.approx((0.9, 0.8, 0.1), abs=0.01)


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path):
    import zipfile

    with (
        zipfile.ZipFile(tmp_path / "a.usdz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.usda", "w", force_zip64=True) as entry,
    ):
        for _ in range(300):
            entry.write(b"\0" * (1 << 20))
    with pytest.raises(AssetError, match=r"^Asset\.files must be <= 256 MiB unpacked"):
        read(tmp_path / "a.usdz")


def test_a_texture_that_is_too_large_is_refused(tmp_path):
    from PIL import Image

    (tmp_path / "t").mkdir()
    Image.new("1", (8193, 4)).save(tmp_path / "wood.png")
    write_usd(tmp_path / "a.usda", textured=True)
    with pytest.raises(AssetError, match=r"^Asset\.texture must be <= 8192 px"):
        read(tmp_path / "a.usda")


@pytest.mark.parametrize("asked", [{"unit_m": 0.0}, {"unit_m": float("nan")},
                                   {"up": "w"}, {"crease_deg": 200.0}])  # fmt: skip
def test_what_is_asked_must_make_sense(boxes, asked):
    with pytest.raises(PrevizError, match=r"^Asset\.\w+ must be"):
        read(boxes["stl"], **asked)


def test_another_process_reads_the_same(boxes):
    here, notes = read(boxes["usdz"])
    there, told = read_mesh(boxes["usdz"])
    assert tuple(notes) == told
    assert (here.positions == there.positions).all()
    with pytest.raises(AssetError, match=r"^Asset\.path must be a file"):
        read_mesh(boxes["usdz"].with_name("gone.usdz"))
    with pytest.raises(UnknownNameError):
        read(boxes["usdz"], up="w")


def test_a_reader_that_crashes_costs_a_message(boxes, monkeypatch):
    import previz.assets.sandbox as sandbox

    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    with pytest.raises(AssetError, match=r"got a reader that ended with code 1 on"):
        read_mesh(boxes["glb"])


def test_a_reader_that_takes_too_long_is_given_up(boxes, monkeypatch):
    import previz.assets.sandbox as sandbox

    monkeypatch.setattr(sandbox, "MOST_SECONDS", 0.01)
    with pytest.raises(AssetError, match=r"must be read within 0\.01 s"):
        read_mesh(boxes["glb"])


def test_one_walks_under_a_table_and_not_through_a_rock(tmp_path):
    top = trimesh.creation.box((3.0, 0.1, 1.2))
    top.apply_translation((0, 2.2, 0))
    legs = []
    for x in (-1.4, 1.4):
        leg = trimesh.creation.box((0.1, 2.2, 1.2))
        leg.apply_translation((x, 1.1, 0))
        legs.append(leg)
    trimesh.util.concatenate([top, *legs]).export(tmp_path / "arch.ply")
    arch, _ = read(tmp_path / "arch.ply")
    low = arch.bulks[(arch.bulks[:, 1] - arch.bulks[:, 4]) < 1.9]
    assert len(low)
    assert (np.abs(low[:, 0]) - low[:, 3]).min() > 1.2
    trimesh.creation.icosphere(subdivisions=3).export(tmp_path / "rock.ply")
    rock, _ = read(tmp_path / "rock.ply")
    inside = (
        np.abs(np.array([0.05, 1.0, 0.05]) - rock.bulks[:, :3]) <= rock.bulks[:, 3:]
    )
    assert inside.all(axis=1).any()


def test_one_stands_in_a_hollow_room(tmp_path):
    outer = trimesh.creation.box((4.0, 3.0, 4.0))
    inner = trimesh.creation.box((3.6, 2.6, 3.6))
    inner.invert()
    trimesh.util.concatenate([outer, inner]).export(tmp_path / "room.ply")
    room, _ = read(tmp_path / "room.ply")
    middle = np.array([0.0, 1.5, 0.0])
    inside = (np.abs(middle - room.bulks[:, :3]) < room.bulks[:, 3:]).all(axis=1)
    assert not inside.any()


def test_a_stranger_s_modules_beside_the_notebook_are_not_run(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("raise SystemExit('run from the folder')")
    monkeypatch.chdir(tmp_path)
    trimesh.creation.box((1.0, 1.0, 1.0)).export(tmp_path / "box.glb")
    mesh, _ = read_mesh(tmp_path / "box.glb")
    assert len(mesh.triangles) == 12
