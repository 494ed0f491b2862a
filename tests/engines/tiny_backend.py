"""A backend of few pixels that does what it is told, to see engines at work.

It is offered to every process of a test by an entry point, as a package would.
"""

import math
import os
import signal
import time
from pathlib import Path

import numpy as np
from plain_backend import PlainBackend

from previz.errors import GenerateError
from previz.promote import Frame
from previz.promote.plan import Chunk, Use

_LOOK_S = 0.01
_KEPT, _KEPT_WITHIN_S = 2, 300.0


class TinyBackend(PlainBackend):
    """Options: gate; chunk and overlap; sound; log, home, die_at and wrong_at."""

    name = "tiny"
    uses = (Use("depth", "used", "as it is"),)

    def chunks(self, length_frames, order):
        return _chunks(length_frames, order.options)

    def versions(self):
        return {"tiny": "1"}

    def frames(self, task):
        options = task.frozen.order.options
        for number in task.wanted:
            while _is_held(options, number):
                _check(task)
                time.sleep(_LOOK_S)
            _check(task)
            _misbehave(options, number)
            task.report("pixels", 1, 2)
            yield _drawn(task, number)
            _log(options, number)
        if "sound" in options:
            (task.scratch / "sound.wav").write_text(options["sound"])


def _check(task):
    if task.stopped():
        raise GenerateError("Tiny must be let finish, got a stop. Promote again.")


def _is_held(options, number):
    """Tell whether a frame lies behind a gate that nobody opened yet."""
    behind = number >= options.get("gate", math.inf)
    return behind and not Path(options["log"]).with_suffix(".open").exists()


def _misbehave(options, number):
    if number == options.get("wrong_at"):
        raise GenerateError(f"Tiny must make frame {number}, got none. Try another.")
    if number == options.get("die_at"):
        mark = Path(options["log"]).with_suffix(".died")
        if not mark.exists():
            mark.write_text(" ".join(_kept_at_last(Path(options["home"]))))
            os.kill(os.getpid(), signal.SIGKILL)


def _kept_at_last(home):
    """Return the frames that are home once there are some, whoever brings them."""
    ends = time.monotonic() + _KEPT_WITHIN_S
    while len(kept := [x.stem for x in home.glob("promoted/*/frames/[0-9]*")]) < _KEPT:
        assert time.monotonic() < ends, "no frame came home"
        time.sleep(_LOOK_S)
    return kept


def _log(options, number):
    if "log" in options:
        with Path(options["log"]).open("a") as file:
            file.write(f"{number}\n")


def _drawn(task, number):
    """Draw noise that says from which shot, film and frame before it comes."""
    order, footage = task.frozen.order, task.footage
    words = sum(footage.prompt.encode())
    camera = footage.state(number, width_px=order.width_px).camera
    rng = np.random.default_rng([order.seed, words, number])
    shape = (order.height_px, order.width_px)
    picture = rng.uniform(0.1, 0.9, (*shape, 3)).astype(np.float32)
    depth = np.full(shape, 1 + abs(float(camera.position_m[0])), np.float32)
    before = number - order.options.get("overlap", 0)
    if before != number and before >= 0:
        picture = (picture + _before(task, before)) / 2
    return Frame(number, picture, {"depth": depth})


def _before(task, number):
    return task.made(number).picture


def _chunks(length_frames, options):
    size, overlap = options.get("chunk", 1), options.get("overlap", 0)
    chunks, at = [], 0
    while at < length_frames:
        first = max(at - overlap, 0)
        last = min(at + size, length_frames)
        chunks.append(Chunk(first, last - first, overlap=at - first))
        at = last
    return tuple(chunks)
