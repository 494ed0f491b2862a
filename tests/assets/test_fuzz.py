"""Broken versions of whole files: an error of ours or a whole mesh, nothing else."""

import subprocess
import sys

import numpy as np
import pytest
from files import box_files

from previz.assets.reading import read_mesh_here
from previz.errors import PrevizError


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    return box_files(tmp_path_factory.mktemp("whole"))


def broken(whole, *, count, seed):
    """Yield cut and bit-flipped versions of a file's bytes."""
    rng = np.random.default_rng(seed)
    for n in range(count):
        data = bytearray(whole)
        if n % 3 == 0:
            data = data[: rng.integers(1, len(data))]
        if n % 3 or len(data) % 2:
            for _ in range(int(rng.integers(1, 5))):
                data[rng.integers(len(data))] ^= 1 << int(rng.integers(8))
        if n % 7 == 3:
            at = int(rng.integers(len(data)))
            data[at : at + 4] = b"\xff\xff\xff\x7f"
        yield bytes(data)


@pytest.mark.parametrize("kind", ["glb", "gltf", "obj", "ply", "stl"])
def test_a_broken_file_gives_an_error_of_ours_or_a_mesh(tmp_path, boxes, kind):
    whole = boxes[kind]
    for beside in whole.parent.glob("*.bin"):
        (tmp_path / beside.name).write_bytes(beside.read_bytes())
    path = tmp_path / f"broken.{kind}"
    refused = 0
    for data in broken(whole.read_bytes(), count=150, seed=len(kind)):
        path.write_bytes(data)
        try:
            mesh, _ = read_mesh_here(path, unit_m=None, up=None, crease_deg=40.0)
        except PrevizError as error:
            refused += str(error).startswith("Asset.")
            continue
        assert np.isfinite(mesh.positions).all()
        assert np.isfinite(mesh.normals).all()
        assert mesh.triangles.max() < len(mesh.positions)
        assert np.isfinite(mesh.bulks).all()
    assert refused > 10


_READ_ALL = """
import sys
from pathlib import Path
from previz.assets.reading import read_mesh_here
from previz.errors import PrevizError
for path in sorted(Path(sys.argv[1]).glob("*." + sys.argv[2])):
    print(path.name, flush=True)
    try:
        read_mesh_here(path, unit_m=None, up=None, crease_deg=40.0)
    except PrevizError:
        pass
print("done")
"""


@pytest.mark.parametrize("kind", ["usda", "usdc", "usdz"])
def test_a_broken_usd_gives_an_error_of_ours_or_a_mesh(tmp_path, boxes, kind):
    whole = boxes[kind].read_bytes()
    for n, data in enumerate(broken(whole, count=60, seed=7)):
        (tmp_path / f"{n:03d}.{kind}").write_bytes(data)
    ran = subprocess.run(
        [sys.executable, "-c", _READ_ALL, str(tmp_path), kind],
        capture_output=True, timeout=120, check=False, text=True,
    )  # fmt: skip
    assert ran.stdout.endswith("done\n"), ran.stdout[-40:] + ran.stderr[-2000:]
