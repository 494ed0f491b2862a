"""A film whose takes are tiny, and a Jupyter server that shares nothing with it."""

import os
import socket
import subprocess
import sys
import time

import small_film

from previz.folder import FilmFolder
from previz.promote.engines.server import ServerGoneError, ServerKernel
from previz.promote.freeze import freeze
from previz.promote.frozen import Order
from previz.promote.ledger import Ledger
from previz.promote.queueing import queue_take
from previz.promote.taken import part_of, taken_in
from previz.stage import Stage

TOKEN = "0f4dd7c8a1secret"
ENDS_S = 300.0


class Server:
    """A Jupyter server, of which nothing is used but its port."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.start()

    def start(self):
        """Start it, and wait until it lets one in."""
        away = {"JUPYTER_NO_CONFIG": "1", "JUPYTER_CONFIG_DIR": str(self.folder)}
        options = (
            f"--port={self.port}",
            "--port-retries=0",
            f"--IdentityProvider.token={TOKEN}",
            f"--ServerApp.root_dir={self.folder}",
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", "--allow-root", *options],
            env=os.environ | away,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        kernel = ServerKernel(self.url, token=TOKEN)
        ends = time.monotonic() + ENDS_S
        while True:
            try:
                return kernel.check("python3")
            except ServerGoneError:
                assert self.process.poll() is None, "the server ended"
                assert time.monotonic() < ends
                time.sleep(0.1)

    def stop(self):
        """End it with all of its kernels."""
        self.process.terminate()
        self.process.wait()


class Film:
    """A film's folder, and its shot 1B to be made: of ten frames, or as given."""

    def __init__(self, folder, log, value=None):
        value = value or small_film.small_film()
        self.log = log
        self.place = FilmFolder(folder)
        self.place.prepare()
        self.place.save(value)
        self.value, self.scene = value, value.scenes[0]
        self.shot = self.scene.shots[1]
        self.stage = Stage(self.scene, value.characters, rate=value.rate)
        self.ledger = Ledger(self.place.ledger)
        self._state = ""

    def queue(self, engine="", frames=(), **options):
        """Freeze the shot with what the tiny backend is told, and queue it."""
        options |= {"log": str(self.log), "home": str(self.place.path)}
        order = Order(backend="tiny", width_px=16, height_px=9, options=options)
        return self.queue_order(order, engine=engine, frames=frames)

    def queue_order(self, order, *, engine="", frames=()):
        """Freeze the shot with an order, and queue it, or a proof of it."""
        frozen = freeze(
            self.value,
            self.scene,
            self.shot,
            order=order,
            stage=self.stage,
            state=self._state,
        )
        self._state = frozen.state
        queue_take(self.place, self.ledger, frozen, engine=engine, frames=frames)
        return frozen.hash

    def open_gate(self):
        """Let the frames be made that a gate has held up."""
        self.log.with_suffix(".open").touch()

    def made(self):
        """Return the numbers of all frames that were made, in whatever process."""
        return [int(n) for n in self.log.read_text().split()]

    def wait(self, job, until=lambda job: job.is_over):
        """Wait until a job stands so."""
        ends = time.monotonic() + ENDS_S
        while not until(found := self.ledger.job(job)):
            assert time.monotonic() < ends, found
            time.sleep(0.05)
        return found

    def taken(self, job):
        """Return a whole take."""
        return taken_in(self.place.promoted, job)

    def frames(self, job):
        """Return the bytes of the frames that are kept of a take, by name."""
        return {path.name: path.read_bytes() for path in self._kept(job)}

    def kept_before_a_death(self):
        """Return the numbers of the frames that were kept when a worker died."""
        return [int(n) for n in self.log.with_suffix(".died").read_text().split()]

    def _kept(self, job):
        whole = self.taken(job)
        folder = whole.folder if whole else part_of(self.place.promoted, job)
        return sorted((folder / "frames").iterdir())
