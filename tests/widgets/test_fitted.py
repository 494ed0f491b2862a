"""Pictures in a cell: as large as all of them may be together."""

import io

import numpy as np
import pytest
from PIL import Image

from previz.widgets.fitted import fitted
from previz.widgets.proof_html import proof_html
from previz.widgets.queue_messages import ProofFrame, QueueCard


@pytest.fixture(scope="module")
def jpeg():
    """A picture of 320 × 180 with much in it."""
    rng = np.random.default_rng(3)
    grain = rng.integers(0, 256, (45, 80, 3), np.uint8)
    raw = io.BytesIO()
    Image.fromarray(grain).resize((320, 180)).save(raw, "JPEG", quality=85)
    return raw.getvalue()


def cards(count):
    frames = tuple(ProofFrame(frame=frame) for frame in (0, 9))
    return [
        QueueCard(
            job=f"j{number}", slate=f"{number}A", state="proof", backend="path",
            quality="draft", width_px=320, height_px=180, length_frames=10,
            rate_fps=24.0, proof=frames, made=((0, 9),),
        )
        for number in range(count)
    ]  # fmt: skip


def drawn(count, jpeg, most_bytes):
    asked = []

    def pair(job, frame):
        asked.append((job, frame))
        return jpeg, jpeg

    parts, longest_px = fitted(cards(count), proof_html, pair, most_bytes=most_bytes)
    assert len(asked) == len(set(asked))
    return parts, longest_px, sum(len(part.encode()) for part in parts)


def test_pictures_are_smaller_where_there_are_more_of_them(jpeg):
    few, large_px, few_bytes = drawn(2, jpeg, 400_000)
    many, small_px, many_bytes = drawn(12, jpeg, 400_000)
    assert (len(few), large_px) == (2, 320)
    assert len(many) == 12
    assert small_px < large_px
    assert max(few_bytes, many_bytes) <= 400_000
    assert f"max-width:{small_px + small_px // 4}px" in many[-1]


def test_where_the_smallest_are_too_many_the_last_are_missing(jpeg):
    parts, longest_px, size = drawn(12, jpeg, 60_000)
    assert 0 < len(parts) < 12
    assert longest_px == 112
    assert size <= 60_000
