"""A server on this machine that speaks Runway's wire format, with faults on request."""

import io
import json
import re
import threading
from collections import Counter
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import av
import certifi
import numpy as np
import pytest

from previz.model import Rate
from previz.promote import Order, Task
from previz.promote.backends.hosted import HostedBackend
from previz.promote.runway.service import Patience

KEY = "key_live_4f1d9c0b7a6e5d3c2b1a"
QUICK = Patience(poll_s=0.01, retry_s=0.01, longest_s=0.05)
"""Asks again at once, and waits for an answer for as long as a slow machine takes."""
HASTY_S = 0.5
"""How long an answer is waited for where none comes."""


@cache
def clip(frames, *, rate=24, size=(64, 36), paint=None):
    """Return an MP4 whose frame n is grey 40 + 3n, unless painted otherwise."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=Fraction(rate))
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.options = {"crf": "4", "preset": "ultrafast"}
        for number in range(frames):
            grey = min(40 + 3 * number, 235) if paint is None else paint(number)
            picture = np.full((size[1], size[0], 3), grey, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode(None))
    return file.getvalue()


class Service:
    """What the server knows. Tests write into it before they ask.

    Attributes:
        faults: For "METHOD path", what to answer the next times: a status, a status
            with headers and a body, or "hang", "drop", "half".
        seen: Every request, method and path, with its JSON.
        output: The clip that tasks make.
        failure: Code with which tasks fail.
        credits: What a second is charged.
        polls: After how many looks a task is finished.
    """

    def __init__(self):
        self.faults, self.seen, self.headers = {}, [], []
        self.output, self.failure, self.credits, self.polls = clip(60), "", 5, 2
        self.tasks, self.looks, self.uploads, self.cancelled = {}, Counter(), {}, []
        self.failing = 10**9
        self.ranges = True
        self.lock = threading.Lock()

    @property
    def asked(self):
        """What each paid request said, in order."""
        return [body for line, body in self.seen if "_to_video" in line]

    def create(self, body):
        with self.lock:
            name = f"task-{len(self.tasks)}"
            length = body.get("duration", 2)
            self.tasks[name] = self.credits * length
        return {"id": name, "estimatedCost": {"credits": self.tasks[name]}}

    def look(self, name, base):
        self.looks[name] += 1
        cost = {"credits": self.tasks[name]}
        told = {"id": name, "createdAt": "2026-11-29T00:00:00Z"}
        if self.looks[name] < self.polls:
            return told | {"status": "RUNNING", "progress": 0.5, "estimatedCost": cost}
        if self.failure and int(name[5:]) < self.failing:
            why = {"failure": "It failed.", "failureCode": self.failure}
            return told | {"status": "FAILED", "cost": {"credits": 0}} | why
        output = [f"{base}/output/{name}.mp4?signature=s3cr3t"]
        return told | {"status": "SUCCEEDED", "cost": cost, "output": output}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args):
        pass

    @property
    def service(self):
        return self.server.service

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def handle_any(self):
        path = self.path.split("?")[0]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        json_body = json.loads(body) if body[:1] == b"{" else None
        self.service.seen.append((f"{self.command} {path}", json_body))
        self.service.headers.append((path, dict(self.headers)))
        faults = self.service.faults.get(f"{self.command} {path}", [])
        fault = faults.pop(0) if faults else None
        if fault == "hang":
            # Until whoever asked has had enough.
            self.rfile.read(1)
            self.close_connection = True
        elif fault == "drop":
            self.close_connection = True
        elif isinstance(fault, tuple):
            self.send(*fault)
        else:
            self.answer(path, json_body, body, half=fault == "half")

    do_GET = do_POST = do_DELETE = handle_any  # noqa: N815

    def answer(self, path, json_body, body, *, half):
        service = self.service
        if path == "/v1/uploads":
            name = json_body["filename"]
            told = {
                "runwayUri": f"runway://{name}",
                "uploadUrl": f"{self.base}/bucket",
                "fields": {"key": name},
            }
            self.send(200, {}, told)
        elif path == "/bucket":
            name = re.search(rb'filename="([^"]+)"', body)[1].decode()
            content = body[body.index(b'filename="') :].split(b"\r\n\r\n", 1)[1]
            service.uploads[name] = content.rsplit(b"\r\n--", 1)[0]
            self.send(204, {}, None)
        elif path.startswith("/v1/tasks/") and self.command == "DELETE":
            service.cancelled.append(path.rsplit("/", 1)[1])
            self.send(204, {}, None)
        elif path.startswith("/v1/tasks/"):
            name = path.rsplit("/", 1)[1]
            if name not in service.tasks:
                self.send(404, {}, {"error": "No such task."})
            else:
                self.send(200, {}, service.look(name, self.base))
        elif path.startswith("/output/"):
            self.send_clip(half=half)
        else:
            self.send(200, {}, service.create(json_body))

    def send_clip(self, *, half):
        whole, asked = self.service.output, self.headers.get("Range", "")
        begin = int(asked[6:-1]) if asked and self.service.ranges else 0
        data = whole[begin:]
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(data)))
        if begin:
            told = f"bytes {begin}-{len(whole) - 1}/{len(whole)}"
            self.send_header("Content-Range", told)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if half else data)
        self.close_connection = half

    def send(self, status, headers, body):
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, service):
        super().__init__(("127.0.0.1", 0), Handler)
        self.service = service

    def handle_error(self, request, client_address):
        """Keep still: clients that go away in mid-answer are what tests do."""


@contextmanager
def served(service, tmp_path):
    """Serve in a thread, with the key and the address in the environment."""
    server = Server(service)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    # Nothing here speaks TLS, and reading one authority is quicker than reading all.
    authority = tmp_path / "authority.pem"
    end = "-----END CERTIFICATE-----\n"
    authority.write_text(certifi.contents().split(end)[0] + end)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SSL_CERT_FILE", str(authority))
        environment.setenv("RUNWAYML_API_SECRET", KEY)
        base = f"http://127.0.0.1:{server.server_port}"
        environment.setenv("RUNWAYML_BASE_URL", base)
        yield
    server.shutdown()
    server.server_close()


class Footage:
    """A shot of one grey, as far as this backend looks at it."""

    seed, prompt = 7, "Cinematic film still, medium shot of a woman"

    def __init__(self, grey=120):
        self.drawn, self.grey = [], grey

    def preview(self, frame, *, size):
        self.drawn.append((frame, size))
        return np.full((size[1], size[0], 3), self.grey, np.uint8)


def task_of(scratch, *, length=24, budget=5.0, rate=24, made=(), **order):
    """Return a task, and lists of what it was told."""
    options = {"model": order.pop("model", "gen4_turbo")}
    order = Order(
        backend="hosted",
        **({"width_px": 64, "height_px": 36} | order),
        options=options,
        budget_usd=budget,
    )
    rate = Rate.of(rate)
    plan = HostedBackend().plan(
        order, length_frames=length, rate_fps=float(rate.fraction)
    )
    told = SimpleNamespace(spent=[], notes=[], reports=[], stop=False)
    frozen = SimpleNamespace(order=order, film=SimpleNamespace(rate=rate))
    task = Task(
        frozen=frozen,
        footage=Footage(),
        plan=plan,
        wanted=tuple(frame for frame in range(length) if frame not in made),
        made=lambda frame: None,
        scratch=Path(scratch),
        stopped=lambda: told.stop,
        report=lambda *said: told.reports.append(said),
        note=told.notes.append,
        budget_usd=budget,
        spent=told.spent.append,
    )
    return task, told


def made(task, patience=QUICK):
    """Return all frames that the hosted backend makes of a task."""
    return list(HostedBackend(patience).frames(task))
