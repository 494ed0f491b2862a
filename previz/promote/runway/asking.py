"""A part asked for: what is sent, what is booked, what an answer means."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from previz.errors import GenerateError, ModelError
from previz.promote.runway import clips
from previz.promote.runway.service import Seen, Service, raise_if_final
from previz.promote.runway.sitting import Sitting

__all__ = ["ask_for"]

_MOST_UNANSWERED = 2
_MOST_SEED = 2**32
_AS_FILM = (
    "Turn this previsualization into a photorealistic film shot. Keep camera, framing, "
    "lens, timing, movement and places of everybody exactly. "
)


def ask_for(
    sitting: Sitting, service: Service, number: int, *, seam: Callable[[], bytes]
) -> tuple[int, str]:
    """Have a part made; return its booking and the service's name of the task.

    Args:
        sitting: The take.
        service: Where it is made.
        number: Of the part.
        seam: Returns the last picture of the part before, as PNG.

    Raises:
        GenerateError: If the budget does not hold it, or the service refuses.
        MissingRuntimeError: If the SDK does not know such a request.
    """
    credits, what = sitting.credits(number), sitting.called(number)
    sitting.purse.check(credits, what=what)
    arguments = _arguments(sitting, service, number, seam=seam)
    service.check(sitting.row.endpoint, arguments)
    tried, unanswered, since = 0, 0, time.monotonic()
    while True:
        at = sitting.purse.ask(number, credits, what=what)
        answer = service.ask(sitting.row.endpoint, arguments)
        if isinstance(answer, Seen):
            return at, _taken(sitting, service, at, answer, table=credits)
        if answer.kind == "unknown":
            unanswered += 1
            sitting.purse.tell()
            sitting.task.note(
                f"a request for {what} was not answered ({answer.words}); it is "
                "counted as paid"
            )
        else:
            sitting.purse.book(at, "refused")
            raise_if_final(answer)
        late = time.monotonic() - since > service.patience.silence_s
        if late or unanswered >= _MOST_UNANSWERED:
            raise GenerateError(
                f"Service.answer must come to a request for {what}, got "
                f"{answer.words}. ${sitting.purse.cost_usd:.2f} may be charged so far: "
                "look at your account, and promote again later."
            )
        service.wait(service.patience.after(tried, answer))
        tried += 1


def _taken(
    sitting: Sitting, service: Service, at: int, answer: Seen, *, table: float
) -> str:
    """Book a task that the service has taken, unless it costs more than it may."""
    try:
        sitting.purse.book(at, "taken", credits=answer.credits, task=answer.task)
    except ModelError:
        raise GenerateError(
            "Service.task must be a name of letters and digits, got another. "
            "Install a newer previz."
        ) from None
    told, usd = answer.credits, sitting.price.usd_per_credit
    if told is not None and told > table + 1e-6:
        sitting.task.note(
            f"the service asks ${told * usd:.2f} where the table of prices says "
            f"${table * usd:.2f}"
        )
        try:
            sitting.purse.check(0.0, what="this request")
        except GenerateError:
            service.cancel(answer.task)
            sitting.purse.book(at, "failed", code="CANCELLED", task=answer.task)
            raise
    return answer.task


def _arguments(
    sitting: Sitting, service: Service, number: int, *, seam: Callable[[], bytes]
) -> dict[str, Any]:
    """Upload what the model is shown; return what the request says."""
    row, task = sitting.row, sitting.task
    out: dict[str, Any] = {"model": row.name}
    if row.says_length:
        out["ratio"] = f"{sitting.fit.made[0]}:{sitting.fit.made[1]}"
        out["duration"] = sitting.seconds(number)
    if row.has_seed:
        # A failed task's seed would fail again; an answer that was lost says nothing.
        failed = sum(one.state == "failed" for _, one in sitting.purse.of(number))
        seed = task.footage.seed + task.frozen.order.seed + failed
        out["seed"] = seed % _MOST_SEED
    if row.maker != "Runway":
        out["audio"] = False
    words = task.footage.prompt
    if row.has_clip:
        out["prompt_text"] = _clipped(_AS_FILM + words, row.most_letters)
        return out | _shown_clip(sitting, service, number, seam=seam)
    out["prompt_text"] = _clipped(words, row.most_letters)
    return out | _shown_frames(sitting, service, number, seam=seam)


def _shown_clip(
    sitting: Sitting, service: Service, number: int, *, seam: Callable[[], bytes]
) -> dict[str, Any]:
    task, row = sitting.task, sitting.row
    chunk = sitting.chunk(number)
    data = clips.clip_bytes(
        lambda frame: task.footage.preview(frame, size=sitting.fit.made),
        range(chunk.first_frame, chunk.first_frame + chunk.length_frames),
        rate=task.frozen.film.rate,
        seconds=sitting.seconds(number) if row.says_length else row.seconds[0],
        path=task.scratch / "sent.mp4",
    )
    sent = service.upload("preview.mp4", data, "video/mp4")
    if row.name != "aleph2":
        return {"prompt_video": sent}
    out: dict[str, Any] = {"video_uri": sent}
    if number:
        uri = service.upload("seam.png", seam(), "image/png")
        out["keyframes"] = [{"seconds": 0.0, "uri": uri}]
    return out


def _shown_frames(
    sitting: Sitting, service: Service, number: int, *, seam: Callable[[], bytes]
) -> dict[str, Any]:
    task, size = sitting.task, sitting.fit.made
    chunk = sitting.chunk(number)
    if number:
        first = seam()
    else:
        first = clips.png_bytes(task.footage.preview(chunk.first_frame, size=size))
    shown = [
        {"uri": service.upload("first.png", first, "image/png"), "position": "first"}
    ]
    if sitting.row.has_last:
        end = chunk.first_frame + chunk.length_frames - 1
        last = clips.png_bytes(task.footage.preview(end, size=size))
        uri = service.upload("last.png", last, "image/png")
        shown.append({"uri": uri, "position": "last"})
    return {"prompt_image": shown}


def _clipped(words: str, most: int) -> str:
    """Return as many whole words as fit into so many UTF-16 code units."""
    if len(words.encode("utf-16-le")) // 2 <= most:
        return words
    out = words
    while len(out.encode("utf-16-le")) // 2 > most:
        out = out[: out.rfind(" ")] if " " in out else out[:-1]
    return out
