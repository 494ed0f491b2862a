"""A backend that every process knows, and every engine to use it with."""

import os
import shutil
from pathlib import Path

import pytest
from tiny_film import TOKEN, Film, Server

from previz.promote.engines import post
from previz.promote.engines.dask import DaskEngine
from previz.promote.engines.inline import InlineEngine
from previz.promote.engines.kernel import KernelEngine

HERE = Path(__file__).parent
ENGINES = ("inline", "kernel", "server", "dask")


@pytest.fixture(scope="package", autouse=True)
def offered(tmp_path_factory):
    """Offer the backend "tiny" to this process and to all that it starts."""
    folder = tmp_path_factory.mktemp("offered")
    for module in (HERE / "tiny_backend.py", HERE.parent / "widgets/plain_backend.py"):
        shutil.copy(module, folder)
    about = folder / "tiny_backend-1.dist-info"
    about.mkdir()
    said = "Metadata-Version: 2.1\nName: tiny-backend\nVersion: 1\n"
    (about / "METADATA").write_text(said)
    points = "[previz.backends]\ntiny = tiny_backend:TinyBackend\n"
    (about / "entry_points.txt").write_text(points)
    with pytest.MonkeyPatch.context() as patch:
        paths = (str(folder), str(HERE.parents[1]))
        patch.setenv("PYTHONPATH", os.pathsep.join(paths))
        patch.syspath_prepend(str(folder))
        yield
        post.dismiss()


@pytest.fixture(scope="package")
def server(tmp_path_factory, offered):
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture
def film(tmp_path, offered):
    film = Film(tmp_path / "film", tmp_path / "made.txt")
    yield film
    # Whatever a test left behind it would be waited for at the end.
    film.open_gate()
    film.ledger.close()


@pytest.fixture(params=ENGINES)
def engine(request, offered):
    """Each engine in turn; its kernel, server or cluster is shared by all tests."""
    match request.param:
        case "inline":
            return InlineEngine()
        case "kernel":
            return KernelEngine()
        case "server":
            server = request.getfixturevalue("server")
            return KernelEngine(server=server.url, token=TOKEN)
        case _:
            return DaskEngine(workers=2, shots=1)
