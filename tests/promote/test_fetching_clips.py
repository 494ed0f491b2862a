"""A paid clip on its way home: what is asked for, and a disk that takes nothing."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from previz.errors import FilmFolderError
from previz.promote.runway.fetching import fetch
from previz.promote.runway.purse import Purse
from previz.promote.runway.service import Patience, Trouble

CLIP = b"not really a clip"


class Shelf(BaseHTTPRequestHandler):
    heard = ()

    def do_GET(self):
        Shelf.heard = dict(self.headers)
        self.send_response(200)
        self.send_header("Content-Length", str(len(CLIP)))
        self.end_headers()
        self.wfile.write(CLIP)

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Shelf)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/clip.mp4"
    server.shutdown()
    thread.join()
    server.server_close()


def brought(address, path):
    fetch(lambda: address, path, patience=Patience(), wait=lambda s: None)
    return path.read_bytes()


def test_a_clip_is_asked_for_as_it_is(address, tmp_path):
    assert brought(address, tmp_path / "clip.mp4") == CLIP
    assert Shelf.heard["Accept-Encoding"] == "identity"


def test_a_disk_that_takes_nothing_is_named(address, tmp_path):
    with pytest.raises(FilmFolderError, match=r"FilmFolder\.path must be"):
        brought(address, tmp_path / "gone" / "clip.mp4")


@pytest.mark.parametrize("asked_s", [None, 0.0, 0.2])
def test_a_service_that_asks_for_no_wait_is_not_hammered(asked_s):
    waits = [Patience().after(n, Trouble("busy", "", asked_s)) for n in range(8)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert Patience().after(0, Trouble("busy", "", 9.0)) == 9.0


def test_what_cannot_be_written_down_is_not_asked_for(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    purse = Purse(scratch, budget_usd=1.0, usd_per_credit=0.01, spent=lambda usd: None)
    scratch.rmdir()
    scratch.touch()
    with pytest.raises(FilmFolderError, match="must be inside a folder"):
        purse.ask(0, 5.0, what="5 s")
