"""What a model made of a take so far, kept so that a killed process loses no part."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.folder import write_atomic
from previz.generate.pipelines.running import Sound
from previz.promote.sound import as_wav, joined

__all__ = ["Kept"]

_RUNG = "rung.json"
_SOUND = "sound.wav"
_BACK = 3
"""Parts that are kept at the size they were made at: what the next one continues."""


class Kept:
    """Finished parts of one take, at the size that the model works at.

    Args:
        folder: The take's scratch folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def any_part(self) -> bool:
        """Whether a part is made."""
        return any(self._folder.glob("part-*.npy"))

    def settings(self) -> dict[str, Any]:
        """Return how the take was being made; empty for a new one."""
        try:
            told: Any = json.loads((self._folder / _RUNG).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(told) if isinstance(told, dict) else {}

    def settle(self, settings: Mapping[str, Any]) -> None:
        """Keep how the take is being made."""
        write_atomic(self._folder / _RUNG, json.dumps(dict(settings), indent=1))

    def part(self, number: int) -> NDArray[np.uint8] | None:
        """Return a part's frames, shape (n, h, w, 3), or None."""
        found = _read(self._folder / f"part-{number:04d}.npy")
        return None if found is None else np.asarray(found, np.uint8)

    def last(self, number: int, count: int) -> NDArray[np.uint8] | None:
        """Return the last frames before a part, or None if they are not kept."""
        found: list[NDArray[np.uint8]] = []
        while number > 0 and sum(len(part) for part in found) < count:
            number -= 1
            part = self.part(number)
            if part is None:
                return None
            found.insert(0, part)
        frames = np.concatenate(found)[-count:] if found else None
        return frames if frames is not None and len(frames) == count else None

    def keep(
        self, number: int, pictures: NDArray[np.uint8], sound: Sound | None
    ) -> None:
        """Keep a part; those that no later one continues from are dropped.

        Its sound is joined to that of the others at once: who is killed after the last
        frame is not asked for anything again.
        """
        if sound is not None:
            _write(
                self._folder / f"sound-{sound.rate_hz}-{number:04d}.npy", sound.samples
            )
            self._join_sounds()
        _write(self._folder / f"part-{number:04d}.npy", pictures)
        for old in sorted(self._folder.glob("part-*.npy"))[:-_BACK]:
            old.unlink(missing_ok=True)

    def finish(self) -> None:
        """Drop what was kept for parts to come; the sound stays."""
        for kind in ("sound-*.npy", "part-*.npy", _RUNG):
            for file in self._folder.glob(kind):
                file.unlink(missing_ok=True)

    def _join_sounds(self) -> None:
        files = sorted(self._folder.glob("sound-*.npy"))
        found = [part for part in map(_read, files) if part is not None]
        rate_hz = int(files[0].name.split("-")[1])
        whole = joined([np.asarray(part, np.float32) for part in found], rate_hz)
        write_atomic(self._folder / _SOUND, as_wav(whole, rate_hz))


def _read(path: Path) -> NDArray[Any] | None:
    """Return an array that was kept, or None where there is no whole one."""
    try:
        found: NDArray[Any] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return found


def _write(path: Path, values: NDArray[Any]) -> None:
    raw = io.BytesIO()
    np.save(raw, values, allow_pickle=False)
    write_atomic(path, raw.getvalue())
