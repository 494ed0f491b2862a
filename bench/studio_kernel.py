"""Measure what the studio's kernel takes, where the page is on another machine.

A page that draws nothing stands for the browser: it says over a real kernel's comm what
the studio's page says, and its picture is there once the JPEG is. What a browser adds
comes on top; `bench.studio` measures all of it on one machine. What a network adds is
played through with a wait each way.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.studio import spans
from bench.studio_lab import busy_core
from bench.studio_page import ANSWER_S, WIDTH_PX, Page, played_over

__all__ = ["studio_kernel_figures"]

_PLAYED, _DRAGS, _WARM_DRAGS = 120, 80, 5
_STILL_S = 3.0
"""What follows from opening, such as the stage for the page, is done by then."""
_LINES_MS = (0.0, 30.0, 60.0, 100.0)
"""There and back, of a machine beside one, a city, a country, an ocean away."""
_VIEW = "application/vnd.jupyter.widget-view+json"
_GOAL = {
    "drag_to_picture_ms": {"p50": 60, "p95": 100},
    "playback_fps": {"plain": 24, "generator": 20},
}
_FILMS = """
import json
from previz.film import Film
from bench.studio_films import film_of
sixty = film_of(60)
films = {"plain": Film(sixty, generator=None), "generator": Film(sixty)}
"""
_STANDS = """
scene, shot = films[{name!r}].value.shots[0]
first = scene.blocking[0]
print(json.dumps([
    shot.camera.poses[0].position_m, first.character, first.marks[0].position_m
]))
"""


def studio_kernel_figures() -> dict[str, Any]:
    """Return what opening, drags and playback take in the kernel alone."""
    from jupyter_client.manager import start_new_kernel

    keeper, client = start_new_kernel(kernel_name="python3")
    try:
        _run(client, _FILMS)
        made = {name: _figures(client, name) for name in ("plain", "generator")}
    finally:
        client.stop_channels()
        keeper.shutdown_kernel(now=True)
    return {"goal": _GOAL, "width_px": WIDTH_PX, **made}


def _figures(client: Any, name: str) -> dict[str, Any]:
    stands = json.loads(_run(client, _STANDS.format(name=name))[0])
    begun = time.perf_counter()
    _, comm = _run(client, f"films[{name!r}].studio()")
    page = Page(client, comm)
    page.say("hello")
    film = page.hear(lambda told: told["kind"] == "film")["film"]
    listed_s = time.perf_counter() - begun
    scene = film["scenes"][0]
    shot = scene["shots"][0]
    page.say("open_shot", shot=shot["id"], has=[])
    page.picture(shot["id"], 0)
    made: dict[str, Any] = {
        "opens_60_shots_s": {
            "list": round(listed_s, 2),
            "picture": round(time.perf_counter() - begun, 2),
        }
    }
    while not page.picture(shot["id"], 0)["light_is_whole"]:
        pass
    time.sleep(_STILL_S)
    for load, around in (
        ("idle", contextlib.nullcontext),
        ("other core loaded", busy_core),
    ):
        with around():
            made[load] = {
                "playback": _played(page, shot),
                "drag_to_picture": {
                    what: _dragged(page, shot["id"], edit)
                    for what, edit in _edits(scene["id"], shot["id"], *stands).items()
                },
            }
    made["playback_over_a_line"] = [_over(page, shot, line_ms) for line_ms in _LINES_MS]
    return made


def _edits(
    scene: str, shot: str, camera_m: list[float], who: str, mark_m: list[float]
) -> dict[str, Callable[[float], dict[str, Any]]]:
    """Return what drags of a camera key and of a mark say, by their way in metres."""
    return {
        "camera key": lambda way_m: {
            "kind": "move_key",
            "shot": shot,
            "index": 0,
            "position_m": [camera_m[0] + way_m, *camera_m[1:]],
        },
        "mark": lambda way_m: {
            "kind": "move_mark",
            "scene": scene,
            "character": who,
            "index": 0,
            "position_m": [mark_m[0] + way_m, *mark_m[1:]],
        },
    }


def _played(page: Page, shot: dict[str, Any]) -> dict[str, Any]:
    """Play the shot round and round, each next frame announced."""
    length, kernel = shot["length_frames"], []
    begun = time.perf_counter()
    for count in range(_PLAYED):
        frame, after = count % length, (count + 1) % length
        kernel.append(page.picture(shot["id"], frame, then_frame=after)["ms"])
    fps = _PLAYED / (time.perf_counter() - begun)
    return {"fps": round(fps, 1), "kernel_picture_ms": spans(kernel)}


def _over(page: Page, shot: dict[str, Any], line_ms: float) -> dict[str, float]:
    """Play over a line, with one picture on its way and with as many as pages have."""
    told = {"line_ms": line_ms}
    for at_once in (1, 4):
        fps = played_over(page, shot, line_ms=line_ms, at_once=at_once)
        told[f"fps, {at_once} on their way"] = fps
    return told


def _dragged(
    page: Page, shot: str, edit: Callable[[float], dict[str, Any]]
) -> dict[str, float]:
    """Drag to and fro and back: milliseconds from each edit to its picture."""
    waits = []
    for step in range(_DRAGS):
        last = step == _DRAGS - 1
        way_m = 0.0 if last else 0.01 * (10 - abs(step % 20 - 10))
        begun = time.perf_counter()
        drag = {"drag": "bench-1", "last": last, "pictured": True}
        page.say("edit", edit=edit(way_m), **drag)
        page.picture(shot, 0)
        waits.append(1e3 * (time.perf_counter() - begun))
    return spans(waits[_WARM_DRAGS:])


def _run(client: Any, source: str) -> tuple[str, str]:
    """Run a source; return what it prints, and the comm of the widget it comes to."""
    printed, comm = "", ""
    for heard in _heard(client, client.execute(source)):
        content = heard["content"]
        match heard["msg_type"]:
            case "error":
                raise RuntimeError("\n".join(content["traceback"]))
            case "stream":
                printed += content["text"]
            case "execute_result":
                comm = content["data"][_VIEW]["model_id"]
    return printed, comm


def _heard(client: Any, asked: str) -> Iterator[dict[str, Any]]:
    """Yield what comes of a cell, until it is done."""
    while True:
        heard = client.get_iopub_msg(timeout=ANSWER_S)
        if heard["parent_header"].get("msg_id") != asked:
            continue
        if heard["content"].get("execution_state") == "idle":
            return
        yield heard
