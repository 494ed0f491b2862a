"""The server extension: kernels' websockets get TCP_NODELAY in a fresh server."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib import util
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

from previz import doctor

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "jupyter-config" / "previz.json"
TOKEN = "word"
START_S = 90
# The server itself writes down what its socket is set to.
SERVER_CONFIG = """
import socket
from pathlib import Path
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler as Handler

open_websocket = Handler.open

async def open_and_tell(self, kernel_id):
    wire = self.ws_connection.stream.socket
    option = wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    Path({told!r}).write_text(str(int(bool(option))))
    await open_websocket(self, kernel_id)

Handler.open = open_and_tell
"""


@pytest.fixture
def config(tmp_path, monkeypatch):
    """A user's configuration folder, which is over the environment's."""
    folder = tmp_path / "config"
    (folder / "jupyter_server_config.d").mkdir(parents=True)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(folder))
    monkeypatch.setenv("JUPYTER_NO_CONFIG", "")
    # Where previz is installed its extension is on; the user's word is over that.
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    return folder


def enable(config, *, on=True):
    text = (
        SHIPPED.read_text("utf-8")
        if on
        else SHIPPED.read_text("utf-8").replace("true", "false")
    )
    (config / "jupyter_server_config.d" / "zz-previz.json").write_text(text, "utf-8")


def request(address, *, method="GET"):
    asked = urllib.request.Request(
        address, method=method, headers={"Authorization": f"token {TOKEN}"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        body = answer.read()
    return json.loads(body) if body else None


@contextlib.contextmanager
def server(config, told):
    """Run a Jupyter Server in a process of its own; yield host and port."""
    (config / "jupyter_server_config.py").write_text(
        SERVER_CONFIG.format(told=str(told)), "utf-8"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyter_server", f"--port={port}", "--no-browser",
        f"--IdentityProvider.token={TOKEN}", "--allow-root",
        f"--ServerApp.root_dir={config}",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    log = (config / "log.txt").open("wb")
    running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + START_S
        while time.monotonic() < until and running.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                request(f"http://127.0.0.1:{port}/api/status")
                break
            time.sleep(0.2)
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=30)
        log.close()


async def open_channels(host, kernel_id):
    """Connect as a page does, until the kernel's own first word."""
    address = f"ws://{host}/api/kernels/{kernel_id}/channels?token={TOKEN}"
    wire = await websocket_connect(address)
    await asyncio.wait_for(wire.read_message(), START_S)
    wire.close()
    while await wire.read_message() is not None:
        pass


@pytest.mark.parametrize("on", [True, False])
def test_a_fresh_server_has_the_option_set_where_the_extension_is_on(
    config, tmp_path, on
):
    enable(config, on=on)
    told = tmp_path / "nodelay.txt"
    with server(config, told) as host:
        kernel = request(f"http://{host}/api/kernels", method="POST")
        asyncio.run(open_channels(host, kernel["id"]))
        request(f"http://{host}/api/kernels/{kernel['id']}", method="DELETE")
    assert told.read_text() == str(int(on))


def test_the_shipped_file_names_a_module_that_is_an_extension():
    named = json.loads(SHIPPED.read_text("utf-8"))["ServerApp"]["jpserver_extensions"]
    assert list(named.values()) == [True]
    (module,) = named
    found = util.find_spec(module)
    assert found is not None
    assert "_load_jupyter_server_extension" in Path(found.origin).read_text("utf-8")


def test_doctor_says_whether_it_is_on_and_how_to_turn_it_on(config):
    enable(config)
    (finding,) = (f for f in doctor.examine() if f.name == "prompt websockets")
    assert (finding.state, finding.found) == ("ok", "on")
    enable(config, on=False)
    (finding,) = (f for f in doctor.examine() if f.name == "prompt websockets")
    assert (finding.state, finding.found) == ("optional", "off")
    assert "40 ms" in finding.cost
    assert "previz.nodelay" in finding.cost
