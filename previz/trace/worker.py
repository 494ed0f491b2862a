"""The process that traces: orders come in, layers go out.

`python -m previz.trace.worker VARIANT`. It is started by `previz.trace.tracer` alone;
nobody else writes to its pipe. What goes over it: eight bytes of length, then a pickle,
either way; the answer is the layers, or the text of what went wrong.
"""

from __future__ import annotations

import os
import pickle
import sys
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from previz.trace.threads import threads_asked

__all__ = ["main", "receive", "send"]


_MOST_COATS = 600
"""Surfaces whose materials are kept; each may hold a picture of a megabyte."""


def send(pipe: IO[bytes], value: object) -> None:
    """Write a value to a pipe."""
    packed = pickle.dumps(value, protocol=5)
    pipe.write(len(packed).to_bytes(8, "little"))
    pipe.write(packed)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read a value from a pipe.

    Raises:
        EOFError: If the other end is gone.
    """
    head = pipe.read(8)
    length = int.from_bytes(head, "little")
    packed = pipe.read(length) if len(head) == 8 else b""
    if len(head) < 8 or len(packed) < length:
        raise EOFError
    return pickle.loads(packed)


def main(variant: str) -> None:
    """Answer orders until the pipe closes; what is being traced then is for nobody."""
    # What libraries print must not end up between two answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import mitsuba as mi

    mi.set_variant(variant)
    mi.set_log_level(mi.LogLevel.Error)
    threads = threads_asked()
    if threads is not None:
        import drjit

        drjit.set_thread_count(threads)
    from previz.trace.kept import Kept
    from previz.trace.matter import edge_for
    from previz.trace.paint import Paints
    from previz.trace.passes import trace_order
    from previz.trace.surfaces import Coats

    orders: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    coats = Coats(mi)
    kept, paints = Kept(mi, coats), Paints()
    while True:
        order = orders.get()
        edge = edge_for(order.width_px)
        if coats.edge != edge or len(coats) > _MOST_COATS:
            coats = Coats(mi, edge=edge)
            kept, paints = Kept(mi, coats), Paints(edge=edge)
        try:
            send(answers, trace_order(mi, order, coats, kept, paints))
        except Exception as error:
            send(answers, f"{type(error).__name__}: {error}")


def _listen(pipe: IO[bytes], orders: SimpleQueue[Any]) -> None:
    """Pass orders on; end the process as soon as whoever gives them is gone."""
    try:
        while True:
            orders.put(receive(pipe))
    except EOFError:
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
