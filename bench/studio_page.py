"""A page of the studio that draws nothing, and a line between it and the kernel."""

from __future__ import annotations

import queue
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

__all__ = ["ANSWER_S", "WIDTH_PX", "Page", "played_over"]

ANSWER_S = 180.0
WIDTH_PX = 256
_PAINT_S, _LISTEN_S = 0.016, 0.006
_PLAY_S = 4.0
_RATE_FPS = 24


class Page:
    """Says what a page says, and hears what it is told.

    Args:
        client: A client of the kernel.
        comm: Id of the studio's comm.
    """

    def __init__(self, client: Any, comm: str) -> None:
        self._client, self._comm = client, comm
        self._name = "bench"
        self.number = 0

    def reload(self) -> None:
        """Be another page, which owes no answer."""
        self.say("bye")
        self._name, self.number = f"bench-{uuid.uuid4().hex[:8]}", 0

    def say(self, kind: str, **fields: Any) -> None:
        """Say something to the kernel."""
        told = {"v": 1, "page": self._name, "kind": kind, **fields}
        data = {"method": "custom", "content": told}
        content = {"comm_id": self._comm, "data": data}
        said = self._client.session.msg("comm_msg", content)
        self._client.shell_channel.send(said)

    def hear(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the kernel says what is wanted."""
        while True:
            told = self.heard(within_s=ANSWER_S)
            if told is None:
                raise RuntimeError(f"The kernel said nothing for {ANSWER_S:g} s.")
            if wanted(told):
                return told

    def heard(self, *, within_s: float) -> dict[str, Any] | None:
        """Return what the kernel says next, or None if that is nothing for a time."""
        ends = time.perf_counter() + within_s
        while (left_s := ends - time.perf_counter()) > 0:
            try:
                heard = self._client.get_iopub_msg(timeout=left_s)
            except queue.Empty:
                break
            content = heard["content"]
            if heard["msg_type"] != "comm_msg" or content["comm_id"] != self._comm:
                continue
            told: dict[str, Any] = content["data"].get("content", {})
            if told.get("page", "") not in ("", self._name):
                continue
            if told.get("kind") == "refused":
                raise RuntimeError(told["text"])
            return told
        return None

    def picture(self, shot: str, frame: int, **fields: Any) -> dict[str, Any]:
        """Ask for a picture, with the last one on the screen, and wait for it."""
        painted = {"painted": self.number} if self.number else {}
        self.number += 1
        asked = {"number": self.number, "shot": shot, "frame": frame}
        self.say("ask_picture", **asked, width_px=WIDTH_PX, **painted, **fields)
        return self.hear(
            lambda told: told["kind"] == "picture" and told["number"] == self.number
        )


def played_over(
    page: Page, shot: dict[str, Any], *, line_ms: float, at_once: int
) -> float:
    """Play a shot round and round over a line; return pictures a second.

    Args:
        page: The page; it is another one afterwards.
        shot: The shot's card.
        line_ms: What a word takes there and an answer back, together.
        at_once: How many pictures may be on their way.
    """
    page.reload()
    way_s, begun = line_ms / 2e3, time.perf_counter()
    asks: deque[tuple[float, dict[str, Any]]] = deque()
    paints: deque[tuple[float, int]] = deque()
    on_way: list[int] = []
    painted: dict[str, int] = {}
    seen: list[float] = []
    last = -1
    while (now := time.perf_counter()) < begun + _PLAY_S:
        while paints and paints[0][0] <= now:
            at, number = paints.popleft()
            on_way = [one for one in on_way if one > number]
            painted = {"painted": number}
            seen.append(at)
        due = int((now - begun) * _RATE_FPS)
        if due != last and len(on_way) < at_once:
            last, page.number = due, page.number + 1
            on_way.append(page.number)
            frame = {"frame": due % shot["length_frames"], "width_px": WIDTH_PX}
            asked = {"number": page.number, "shot": shot["id"], **frame, **painted}
            asks.append((now + way_s, asked | {"at_once": at_once}))
            painted = {}
        while asks and asks[0][0] <= now:
            page.say("ask_picture", **asks.popleft()[1])
        told = page.heard(within_s=_LISTEN_S)
        if told is not None and told["kind"] == "picture":
            paints.append((time.perf_counter() + way_s + _PAINT_S, told["number"]))
    time.sleep(way_s)
    page.reload()
    return round((len(seen) - 1) / (seen[-1] - seen[0]), 1)
