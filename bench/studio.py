"""Measure the studio as a director has it: in a real JupyterLab and a real Chromium.

The browser draws in software, as on a notebook server without a graphics card; what it
draws with is named, and what that takes is told apart.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.studio_lab import Lab, busy_core, opened_lab

__all__ = ["long_use_figures", "studio_figures"]

_DRAG_S, _PLAY_S, _ORBIT_S = 5.0, 5.0, 4.0
_DRAGS, _WARM_DRAGS = 1000, 60
_MOST_DRAGS_S = 120.0
"""A slow machine makes fewer drags in its time, and says how many."""
_STEP_S = 0.016
_EDGE_PX = 24
_HANDLE_S = 60.0
_OPENS = 3
_ECHOES, _ECHO_BYTES = 200, 4000
_GOAL = {
    "opens_60_shots_s": 2.5,
    "drag_to_picture_ms": {"p50": 60, "p95": 100},
    "most_in_flight": 1,
    "lost_of_1000_drags": 0,
    "playback_fps": {"plain": 24, "generator": 20},
    "memory_grows": 0.1,
    "stage": {"fps": 10, "script_ms": 3},
    "comm_ms": {"p95": 6},
}


_FILMS = """
from previz.film import Film
from bench.studio_films import busy_film, film_of, watch
sixty = film_of(60)
plain = Film(sixty, generator=None)
"""


def long_use_figures() -> dict[str, Any]:
    """Return what many short drags lose, and how memory of page and kernel grows."""
    with opened_lab(cells=8, prompt=True) as lab:
        lab.run(_FILMS)
        lab.run("plain.studio()")
        lab.face()
        memory, drags = _long_use(lab)
        return {"memory": memory, "drags": drags, "errors": lab.page.errors[:3]}


def studio_figures() -> dict[str, Any]:
    """Return what all the studio does takes, idle and with the other core loaded."""
    made: dict[str, Any] = {"goal": _GOAL}
    with opened_lab(cells=24, prompt=True) as lab:
        made["device"] = ""
        made["comm_ms"] = {"extension on": _echoes(lab)}
        lab.run(_FILMS)
        made["opens_60_shots_s"] = _opens(lab)
        made["device"] = lab.where()["device"]
        for name, around in _LOADS.items():
            with around():
                made[name] = {"drag_to_picture": _drag_figures(lab)}
                made[name]["playback"] = {"plain": _played(lab)}
        lab.clear()
        lab.run("generated = Film(sixty)\ngenerated.studio()")
        lab.page.wait_for_selector(".ps-report .ps-faint")
        lab.face()
        for name, around in _LOADS.items():
            with around():
                made[name]["playback"]["generator"] = _played(lab)
                made[name]["drag_generated"] = _dragged_picture(lab)
        lab.clear()
        made["stage"] = _stage(lab)
        made["long_film"] = _long_film(lab)
        made["errors"] = lab.page.errors[:3]
    with opened_lab(cells=2, prompt=False) as lab:
        made["comm_ms"]["extension off"] = _echoes(lab)
    return made


@contextlib.contextmanager
def _idle() -> Iterator[None]:
    yield


_LOADS = {"idle": _idle, "other core loaded": busy_core}


def _echoes(lab: Lab) -> dict[str, float]:
    lab.run(
        "get_ipython().kernel.comm_manager.register_target('echo', lambda comm, _:"
        " comm.on_msg(lambda said: comm.send(said['content']['data'])))"
    )
    return spans(lab.asked(f"echo({_ECHOES}, {_ECHO_BYTES})")[10:])


def _opens(lab: Lab) -> dict[str, Any]:
    """Open the studio again and again: until list, picture and set are shown."""
    seen = []
    for _ in range(_OPENS):
        lab.run("plain.studio()", waits=False)
        seen.append(lab.asked("opened()"))
        lab.face()
        if len(seen) < _OPENS:
            lab.clear()
    whole = [max(one.values()) / 1e3 for one in seen]
    # The first reads compiled loops from the disk, or compiles them on a new machine.
    return {
        "first": round(whole[0], 2),
        "again": round(min(whole[1:]), 2),
        "parts_of_last": {name: round(ms / 1e3, 2) for name, ms in seen[-1].items()},
    }


def _drag_figures(lab: Lab) -> dict[str, Any]:
    """Drag a camera key and a mark on the stage, and the picture itself."""
    return {
        "camera key": _dragged_handle(lab, "camera"),
        "mark": _dragged_handle(lab, "mark"),
        "picture": _dragged_picture(lab),
    }


def _handle(lab: Lab, kind: str) -> tuple[float, float]:
    """Return where a handle is; the set comes after the picture, and they with it."""
    ends = time.monotonic() + _HANDLE_S
    while (found := _seen_handle(lab, kind)) is None:
        if time.monotonic() > ends:
            raise RuntimeError(f"The stage shows no handle of a {kind}.")
        lab.page.wait_for_timeout(100)
    return found


def _seen_handle(lab: Lab, kind: str) -> tuple[float, float] | None:
    """Return where the first handle of a kind is; of its panes the one with most room.

    A pane that lies over another takes the pointer. None where none is seen yet.
    """
    where = lab.where()["handles"]
    boxes = {
        pane: lab.page.locator(f'[data-pane="{pane}"]').first.bounding_box()
        for pane in ("perspective", "plan")
    }
    best = (0.0, 0.0, 0.0)
    for one in where:
        key, pane, x, y = json.loads(one["key"]), one["pane"], one["x"], one["y"]
        if key["kind"] != kind or key.get("index", 0) != 0:
            continue
        hidden = pane != "plan" and _within(boxes["plan"], x, y, margin=_EDGE_PX)
        if hidden or not _within(boxes[pane], x, y, margin=-_EDGE_PX):
            continue
        others = [o for o in where if o is not one and o["pane"] == pane]
        room = min((abs(o["x"] - x) + abs(o["y"] - y) for o in others), default=99.0)
        best = max(best, (room, x, y))
    return (best[1], best[2]) if best[0] else None


def _within(box: dict[str, float], x: float, y: float, *, margin: float) -> bool:
    across = box["x"] - margin < x < box["x"] + box["width"] + margin
    return across and box["y"] - margin < y < box["y"] + box["height"] + margin


def _dragged_handle(lab: Lab, kind: str) -> dict[str, Any]:
    x, y = _handle(lab, kind)
    # Where somebody sits, a mark would snap back to the seat and no edit be made.
    with _held_down(lab, "Control" if kind == "mark" else ""):
        return _dragged(lab, x, y, reach_px=24)


@contextlib.contextmanager
def _held_down(lab: Lab, key: str) -> Iterator[None]:
    if key:
        lab.page.keyboard.down(key)
    try:
        yield
    finally:
        if key:
            lab.page.keyboard.up(key)


def _dragged_picture(lab: Lab) -> dict[str, Any]:
    box = lab.page.locator(".ps-frame").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return _dragged(lab, x, y, reach_px=60)


def _dragged(lab: Lab, x: float, y: float, *, reach_px: float) -> dict[str, Any]:
    """Drag to and fro for a while and back to where it began."""
    mouse = lab.page.mouse
    lab.rest()
    lab.taken()
    before, begun = lab.where(), time.perf_counter()
    mouse.move(x, y)
    mouse.down()
    step = 0
    while (now := time.perf_counter()) - begun < _DRAG_S:
        step += 1
        swing = reach_px * (1 - abs(step % 60 / 30 - 1))
        mouse.move(x + 4 + swing, y + swing / 3)
        time.sleep(max(_STEP_S - (time.perf_counter() - now), 0))
    mouse.move(x, y)
    mouse.up()
    took_ms = 1e3 * (time.perf_counter() - begun)
    lab.rest()
    after = lab.where()
    drawn = after["drawn"] - before["drawn"]
    gl_ms = after["spentMs"] - before["spentMs"]
    return drag_figures(lab.taken()) | {
        "stage_frames": drawn,
        "stage_gl_ms": round(gl_ms / max(drawn, 1), 1),
        "stage_gl_share": round(gl_ms / took_ms, 3),
    }


def drag_figures(taken: dict[str, Any]) -> dict[str, Any]:
    """Return what a drag took from what was said: milliseconds to the painted picture.

    From the pointer's move that an edit says, to the frame of the page in which the
    first picture is on the canvas that was asked for after the edit.
    """
    said, moves = taken["said"], sorted(taken["moves"])
    asked = {s["number"]: s["at"] for s in said if s["kind"] == "ask_picture"}
    painted = [
        (asked[s["number"]], s["at"])
        for s in said
        if s["kind"] == "painted" and s["number"] in asked
    ]
    waits, last_waits = [], []
    for one in said:
        if one["kind"] not in ("edit", "cancel"):
            continue
        origin = max((at for at in moves if at <= one["at"]), default=one["at"])
        shown = min((at for ask, at in painted if ask >= one["at"]), default=None)
        if shown is not None:
            waits.append(shown - origin)
            # A drag that ends where it began is cancelled.
            if one["last"] or one["kind"] == "cancel":
                last_waits.append(shown - origin)
    kernel = [s["ms"] for s in said if s["kind"] == "picture"]
    return {
        **spans(waits),
        "last_state_ms": round(max(last_waits, default=float("nan")), 1),
        "kernel_picture_ms": spans(kernel),
        "most_in_flight": in_flight(said),
        "long_tasks": len(taken["long"]),
        "longest_task_ms": round(max(taken["long"], default=0.0)),
    }


def in_flight(said: list[dict[str, Any]]) -> int:
    """Return how many pictures at most were asked for and not yet painted."""
    most, open_ = 0, set()
    for one in said:
        if one["kind"] == "ask_picture":
            open_.add(one["number"])
        if one["kind"] == "painted":
            open_.discard(one["number"])
        most = max(most, len(open_))
    return most


def _played(lab: Lab) -> dict[str, Any]:
    """Play the shot round and round: pictures a second of another frame each."""
    lab.page.locator('.ps-studio [title^="First frame"]').first.click()
    lab.rest()
    lab.taken()
    before = lab.where()
    lab.page.locator('.ps-studio [title^="Play"]').first.click()
    lab.page.wait_for_timeout(1e3 * _PLAY_S)
    lab.page.locator('.ps-studio [title^="Pause"]').first.click()
    after, said = lab.where(), lab.taken()["said"]
    frames = {s["number"]: s for s in said if s["kind"] == "ask_picture"}
    shown = [
        (s["at"], frames[s["number"]]["frame"], frames[s["number"]]["width_px"])
        for s in said
        if s["kind"] == "painted" and s["number"] in frames
    ]
    moved = [
        one for one, was in zip(shown[1:], shown, strict=False) if one[1] != was[1]
    ]
    span_s = (moved[-1][0] - moved[0][0]) / 1e3
    return {
        "fps": round((len(moved) - 1) / span_s, 1),
        "width_px": statistics.mode(width for _, _, width in moved),
        "kernel_picture_ms": spans([s["ms"] for s in said if s["kind"] == "picture"]),
        "stage_fps": round((after["drawn"] - before["drawn"]) / _PLAY_S, 1),
    }


def _long_use(lab: Lab) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make a thousand drags; is each one's last state there, and does memory grow?"""
    pid = int(lab.run("import os\nends = watch(plain)\nprint(os.getpid())"))
    lab.page.locator('.ps-space-bar [title*="(Q)"]').first.click()
    _short_drags(lab, _WARM_DRAGS)
    lab.run("ends.clear()")
    heap, kernel = lab.heap_mib(), _resident_mib(pid)
    lab.taken()
    begun = time.perf_counter()
    _short_drags(lab, _DRAGS)
    took_s = time.perf_counter() - begun
    lab.rest()
    said = lab.taken()["said"]
    told = [s["edit"]["position_m"] for s in said if s["kind"] == "edit" and s["last"]]
    ends = json.loads(lab.run("import json\nprint(json.dumps(ends))"))
    gone = [a for a, b in zip(told, ends, strict=False) if a != b]
    lost = len(gone) + abs(len(told) - len(ends))
    last = max(s["at"] for s in said if s["kind"] == "edit")
    asks = {s["number"] for s in said if s["kind"] == "ask_picture" and s["at"] > last}
    shown = any(s["kind"] == "painted" and s["number"] in asks for s in said)
    heap_after, kernel_after = lab.heap_mib(), _resident_mib(pid)
    memory = {
        "over": f"{len(told)} drags; 1000, one every two seconds, would be 33 minutes",
        "page_mib": [round(heap, 1), round(heap_after, 1)],
        "page_grows": round(heap_after / heap - 1, 3),
        "kernel_mib": [round(kernel), round(kernel_after)],
        "kernel_grows": round(kernel_after / kernel - 1, 3),
    }
    drags = {
        "drags": len(told),
        "lost_final_states": lost,
        "last_is_painted": shown,
        "most_in_flight": in_flight(said),
        "took_s": round(took_s, 1),
    }
    return memory, drags


def _short_drags(lab: Lab, count: int) -> None:
    """Drag the camera's key to and fro so many times."""
    mouse = lab.page.mouse
    end = time.perf_counter() + _MOST_DRAGS_S
    lab.rest()
    for number in range(count):
        if time.perf_counter() > end:
            return
        x, y = _handle(lab, "camera")
        by = 1 if number % 2 else -1
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 5 * by, y + 2 * by)
        mouse.move(x + 9 * by, y + 4 * by)
        mouse.up()
        # Whoever takes hold of it again waits until it is there.
        lab.settled()


def _resident_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _stage(lab: Lab) -> dict[str, Any]:
    """Orbit about sixty pieces and five people, and play them, nothing else shown."""
    lab.run("busy = Film(busy_film(), generator=None)\nbusy.studio('stage')")
    lab.face()
    # Of a canvas that nothing was drawn on yet there is nothing to measure.
    lab.page.wait_for_function(
        "() => document.querySelector('.ps-views canvas')?.width > 300"
    )
    lab.rest()
    return {
        "pieces": 60,
        "people": 5,
        "size_px": lab.page.evaluate(
            "() => [...document.querySelectorAll('.ps-views canvas')]"
            ".map(({ width, height }) => [width, height])[0]"
        ),
        "orbit": _drawn(lab, orbits=True),
        "plays": _drawn(lab, orbits=False),
    }


def _drawn(lab: Lab, *, orbits: bool) -> dict[str, Any]:
    mouse = lab.page.mouse
    box = lab.page.locator('[data-pane="perspective"]').first.bounding_box()
    x, y = box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.8
    before, script = lab.where(), lab.script_ms()
    begun = time.perf_counter()
    if orbits:
        mouse.move(x, y)
        mouse.down()
        while (now := time.perf_counter()) - begun < _ORBIT_S:
            mouse.move(x + 90 * (now - begun), y)
            time.sleep(_STEP_S)
        mouse.up()
    else:
        lab.page.locator('.ps-studio [title^="Play"]').first.click()
        lab.page.wait_for_timeout(1e3 * _ORBIT_S)
        lab.page.locator('.ps-studio [title^="Pause"]').first.click()
    took_s = time.perf_counter() - begun
    after, script_after = lab.where(), lab.script_ms()
    drawn = after["drawn"] - before["drawn"]
    return {
        "fps": round(drawn / took_s, 1),
        "gl_ms": round((after["spentMs"] - before["spentMs"]) / max(drawn, 1), 1),
        "script_ms": round((script_after - script) / max(drawn, 1), 2),
    }


def _long_film(lab: Lab) -> dict[str, Any]:
    """Scroll through a film of a thousand shots."""
    lab.clear()
    lab.run("long = Film(film_of(1000), generator=None)")
    lab.run("long.studio()", waits=False)
    opened = lab.asked("opened()")
    lab.face()
    lab.taken()
    made = {"shots": 1000, "opens_s": round(max(opened.values()) / 1e3, 2)}
    for name, place in (("outliner", ".ps-outliner"), ("timeline", ".ps-lanes")):
        lab.page.locator(place).first.hover()
        lab.page.evaluate(
            "() => { window.studioSpans = window.studioProbe.pace(2000) }"
        )
        for step in range(60):
            lab.page.mouse.wheel(0, 400 if step < 40 else -800)
            time.sleep(_STEP_S)
        made[name] = {
            "page_frame_ms": spans(lab.page.evaluate("() => window.studioSpans")),
            "longest_task_ms": round(max(lab.taken()["long"], default=0.0)),
        }
    return made


def spans(values: list[float]) -> dict[str, float]:
    """Return median, 95th percentile, least, most and count of milliseconds."""
    if not values:
        return {"runs": 0}
    ordered = sorted(values)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)], 1),
        "min": round(ordered[0], 1),
        "max": round(ordered[-1], 1),
        "runs": len(ordered),
    }
