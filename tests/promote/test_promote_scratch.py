"""Parts of a take that a killed process leaves behind, and their sound."""

import wave
from types import SimpleNamespace

import numpy as np
import pytest

from previz.generate.pipelines import CAPS, make_plan
from previz.generate.pipelines.running import Sound
from previz.promote import Frame
from previz.promote.backends.models import _before
from previz.promote.backends.scratch import Kept
from previz.promote.engines.piece import Made
from previz.promote.engines.pieces import Piece
from previz.promote.engines.shares import Shares
from previz.promote.engines.spread import _Round
from previz.promote.sound import as_wav, join_wavs, joined


def frames(first, count, *, size=(4, 2)):
    tones = np.arange(first, first + count, dtype=np.uint8)
    return np.tile(tones[:, None, None, None], (1, size[1], size[0], 3))


def test_a_part_continues_the_last_frames_of_those_before(tmp_path):
    kept = Kept(tmp_path)
    assert not kept.any_part
    kept.keep(0, frames(0, 9), None)
    kept.keep(1, frames(9, 3), None)
    assert kept.any_part
    assert (kept.part(1) == frames(9, 3)).all()
    assert (kept.last(2, 5) == frames(7, 5)).all()
    assert kept.last(0, 5) is None
    assert kept.last(1, 12) is None


def test_only_parts_that_are_continued_are_kept(tmp_path):
    kept = Kept(tmp_path)
    for number in range(6):
        kept.keep(number, frames(number * 5, 5), None)
    assert [kept.part(number) is not None for number in range(6)] == [False] * 3 + [
        True
    ] * 3
    assert (kept.last(6, 5) == frames(25, 5)).all()
    kept.finish()
    assert not any(tmp_path.iterdir())


def test_a_torn_file_counts_as_no_part(tmp_path):
    kept = Kept(tmp_path)
    kept.keep(0, frames(0, 9), None)
    file = tmp_path / "part-0000.npy"
    file.write_bytes(file.read_bytes()[:-7])
    assert kept.part(0) is None
    assert kept.last(1, 5) is None


@pytest.mark.parametrize("killed", [False, True], ids=["finished", "killed"])
def test_the_sound_of_parts_is_joined_without_a_click(tmp_path, killed):
    """Also where a process was killed after the last frame: no part is asked for."""
    kept = Kept(tmp_path)
    loud = np.ones((2, 1000), np.float32)
    kept.keep(0, frames(0, 1), Sound(loud, 8000))
    kept.keep(1, frames(1, 1), Sound(-loud, 8000))
    if not killed:
        kept.finish()
        assert [path.name for path in tmp_path.iterdir()] == ["sound.wav"]
    with wave.open(str(tmp_path / "sound.wav")) as file:
        assert (file.getnchannels(), file.getframerate()) == (2, 8000)
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    left = raw.reshape(-1, 2)[:, 0] / 32767
    assert len(left) == 2000
    assert (left[0], left[-1]) == (1.0, -1.0)
    assert np.abs(np.diff(left)).max() < 0.02


def test_files_of_sound_are_joined_as_parts_are():
    loud = np.ones((2, 1000), np.float32)
    parts = [loud, -loud, loud * 0.5]
    one = as_wav(joined(parts, 8000), 8000)
    other = join_wavs([as_wav(part, 8000) for part in parts])
    codes = [np.frombuffer(raw[44:], "<i2").astype(int) for raw in (one, other)]
    assert len(codes[0]) == len(codes[1]) == 6000
    assert np.abs(codes[0] - codes[1]).max() <= 1


def test_without_its_scratch_a_take_continues_from_delivered_frames(tmp_path):
    plan = make_plan(
        CAPS["WanVACEPipeline"],
        size=(50, 31),
        length_frames=90,
        working_size=(64, 40),
    )
    asked = []

    def made(number):
        asked.append(number)
        return Frame(number, frames(number, 1, size=(50, 31))[0])

    before = _before(SimpleNamespace(made=made), plan, Kept(tmp_path), 1)
    first = plan.chunks[1].first_frame
    assert asked == list(range(first, first + 5))
    assert before.shape == (5, plan.made[1], plan.made[0], 3)
    assert before[:, 0, 0, 0].tolist() == pytest.approx(asked, abs=1)
    assert _before(SimpleNamespace(made=made), plan, Kept(tmp_path), 0) is None


def test_pieces_that_come_in_any_order_sound_in_their_own(tmp_path):
    loud = np.ones((1, 800), np.float32)
    task = SimpleNamespace(scratch=tmp_path)
    spread = object.__new__(_Round)
    spread.task = task
    spread.shares = Shares(None, spent_usd=0.0, frames=2)
    for first, tone in ((9, -0.5), (0, 1.0)):
        made = Made((), as_wav(loud * tone, 8000), (), None, None)
        assert not list(spread._unpacked(made, Piece((first,))))
    with wave.open(str(tmp_path / "sound.wav")) as file:
        codes = np.frombuffer(file.readframes(1600), "<i2")
    assert len(codes) == 1600
    assert (codes[0], codes[-1]) == (32767, -16384)
