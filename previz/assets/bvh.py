"""BVH motion: Biovision's hierarchy of joints and what they do, frame by frame.

Strict: a file that is cut short or says something else is refused with its line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from previz.errors import AssetError
from previz.stage import Motion

__all__ = ["read_motion"]

MOST_BYTES = 128 * 1024 * 1024
MOST_JOINTS = 512
MOST_FRAMES = 200_000
DEEPEST = 64

_AXES = {"X": 0, "Y": 1, "Z": 2}
_CHANNELS = frozenset(
    f"{axis}{kind}" for axis in "XYZ" for kind in ("position", "rotation")
)
_UNITS_M = (1.0, 0.01, 0.0254, 0.001, 0.1)
_STANDING_M = (0.55, 1.3)
"""How high a person's hips are."""


@dataclass
class _Joint:
    name: str
    parent: int
    offset: tuple[float, float, float] = (0.0, 0.0, 0.0)
    channels: list[str] = field(default_factory=list)
    end: tuple[float, float, float] | None = None


def read_motion(
    path: Path | str, *, unit_m: float | None = None
) -> tuple[Motion, tuple[str, ...]]:
    """Read a BVH file.

    Args:
        path: The file.
        unit_m: Length of its unit in metres; None guesses it from the height of the
            hips over the feet at rest.

    Returns:
        The motion, y up, and what there is to say of it.

    Raises:
        AssetError: If it is no whole BVH file; says which line.
    """
    place = Path(path).expanduser()
    if unit_m is not None and not (math.isfinite(unit_m) and unit_m > 0):
        raise AssetError(
            f"Asset.unit_m must be > 0 m, got {unit_m}. Pass 0.01 for centimetres."
        )
    reader = _Reader(place)
    joints = reader.hierarchy()
    values, seconds = reader.motion(sum(len(joint.channels) for joint in joints))
    notes: list[str] = []
    unit = unit_m or _guessed(joints, notes)
    positions, rotations = _played(joints, values, unit)
    return Motion(
        names=tuple(joint.name for joint in joints),
        parents=tuple(joint.parent for joint in joints),
        offsets_m=np.array([joint.offset for joint in joints]) * unit,
        positions_m=positions,
        rotations=rotations,
        seconds_a_frame=seconds,
    ), tuple(notes)


class _Reader:
    """The words of a file, each with its line.

    Raises:
        AssetError: If it is no text file of a size that can be read.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise AssetError(
                f"Asset.path must be a file, got {path}. Check the name and the folder."
            )
        if path.suffix.lower() != ".bvh":
            raise AssetError(
                f"Asset.format must be bvh for motion, got {path.name}. Export the "
                "motion as BVH."
            )
        size = path.stat().st_size
        if not 0 < size <= MOST_BYTES:
            raise AssetError(
                f"Asset.file must hold 1 to {MOST_BYTES:,} bytes, got {size:,} in "
                f"{path.name}. Export it again, or cut the motion."
            )
        self.name = path.name
        head, found, tail = path.read_bytes().partition(b"MOTION")
        try:
            text = head.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self.fault(1, "plain text", "other bytes") from None
        self._words = [
            (word, number)
            for number, line in enumerate(text.splitlines(), 1)
            for word in line.split()
        ]
        self._at = 0
        self._line = head.count(b"\n") + 1
        self._motion = tail if found else None

    def fault(self, line: int, rule: str, got: object) -> AssetError:
        return AssetError(
            f"Asset.bvh must have {rule} in line {line} of {self.name}, got "
            f"{str(got)[:60]!r}. Export the motion again."
        )

    def _next(self, *choices: str) -> str:
        if self._at >= len(self._words):
            wanted = " or ".join(choices) or "more"
            raise self.fault(self._line, wanted, "the end of the hierarchy")
        word, line = self._words[self._at]
        if choices and word.upper() not in {choice.upper() for choice in choices}:
            raise self.fault(line, " or ".join(choices), word)
        self._at += 1
        return word

    def _number(self) -> float:
        word = self._next()
        try:
            number = float(word)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or abs(number) > 1e6:
            raise self.fault(self._words[self._at - 1][1], "a number", word)
        return number

    def _vector(self) -> tuple[float, float, float]:
        return self._number(), self._number(), self._number()

    def hierarchy(self) -> list[_Joint]:
        """Read the joints, parents before children."""
        self._next("HIERARCHY")
        self._next("ROOT")
        joints: list[_Joint] = []
        above: list[int] = []
        self._open(joints, above)
        while above:
            word = self._next("JOINT", "End", "CHANNELS", "OFFSET", "}").upper()
            joint = joints[above[-1]]
            if word == "}":
                above.pop()
            elif word == "OFFSET":
                joint.offset = self._vector()
            elif word == "CHANNELS":
                joint.channels = self._channels(joint)
            elif word == "END":
                joint.end = self._end()
            else:
                self._open(joints, above)
        if self._at < len(self._words):
            word, line = self._words[self._at]
            raise self.fault(line, "MOTION after the one ROOT", word)
        return joints

    def _open(self, joints: list[_Joint], above: list[int]) -> None:
        line = self._words[self._at][1] if self._at < len(self._words) else self._line
        if len(above) >= DEEPEST or len(joints) >= MOST_JOINTS:
            rule = f"at most {MOST_JOINTS} joints, {DEEPEST} deep"
            raise self.fault(line, rule, "more")
        words = []
        while self._at < len(self._words) and self._words[self._at][0] != "{":
            words.append(self._words[self._at][0])
            self._at += 1
        name = " ".join(words)[:80]
        self._next("{")
        if not name or name in {joint.name for joint in joints}:
            raise self.fault(line, "a name of its own for each joint", name)
        joints.append(_Joint(name, above[-1] if above else -1))
        above.append(len(joints) - 1)

    def _channels(self, joint: _Joint) -> list[str]:
        line = self._words[self._at - 1][1]
        count = self._number()
        if joint.channels or count not in (0, 1, 2, 3, 4, 5, 6):
            raise self.fault(line, "one list of 0 to 6 channels a joint", f"{count:g}")
        names = []
        for _ in range(int(count)):
            word, at = self._next(), self._words[self._at - 1][1]
            named = word[:1].upper() + word[1:].lower()
            if named not in _CHANNELS or named in names:
                rule = "Xposition to Zrotation, each once,"
                raise self.fault(at, rule, word)
            names.append(named)
        return names

    def _end(self) -> tuple[float, float, float]:
        self._next("Site")
        self._next("{")
        self._next("OFFSET")
        found = self._vector()
        self._next("}")
        return found

    def motion(self, channels: int) -> tuple[NDArray[np.float64], float]:
        """Return the values, shape (f, channels), and the seconds a frame lasts."""
        if self._motion is None:
            raise self.fault(self._line, "MOTION", "the end of the file")
        if not channels:
            raise self.fault(self._line, "at least one channel before MOTION", 0)
        head, _, rest = self._motion.lstrip().partition(b"\n")
        words = head.decode("ascii", "replace").replace(":", " ").split()
        frames = int(words[1]) if len(words) == 2 and words[1].isdigit() else 0
        if words[:1] != ["Frames"] or not 1 <= frames <= MOST_FRAMES:
            rule = f"Frames: 1 to {MOST_FRAMES}"
            raise self.fault(self._line + 1, rule, " ".join(words))
        head, _, rest = rest.lstrip().partition(b"\n")
        words = head.decode("ascii", "replace").replace(":", " ").split()
        try:
            seconds = float(words[2]) if words[:2] == ["Frame", "Time"] else math.nan
        except (ValueError, IndexError):
            seconds = math.nan
        if not 1e-4 <= seconds <= 1.0:
            rule = "Frame Time: 0.0001 to 1 s"
            raise self.fault(self._line + 2, rule, " ".join(words))
        return self._values(rest, frames, channels), seconds

    def _values(self, text: bytes, frames: int, channels: int) -> NDArray[np.float64]:
        rows = [line for line in text.splitlines() if line.strip()]
        if len(rows) != frames:
            rule = f"the {frames:,} frames it announces"
            raise self.fault(self._line + 2 + len(rows), rule, f"{len(rows):,}")
        out = np.zeros((frames, channels))
        for number, row in enumerate(rows):
            words = row.split()
            line = self._line + 3 + number
            if len(words) != channels:
                raise self.fault(line, f"{channels} values, one a channel,", len(words))
            try:
                out[number] = [float(word) for word in words]
            except ValueError:
                text_ = row.decode("ascii", "replace")
                raise self.fault(line, "numbers alone", text_) from None
            if not np.isfinite(out[number]).all() or np.abs(out[number]).max() > 1e6:
                raise self.fault(line, "finite numbers alone", "NaN or infinity")
        return out


def _guessed(joints: list[_Joint], notes: list[str]) -> float:
    """Return the unit in metres that makes the hips as high as a person's."""
    places = np.zeros((len(joints), 3))
    lowest = 0.0
    for number, joint in enumerate(joints):
        if joint.parent >= 0:
            places[number] = places[joint.parent] + joint.offset
        lowest = min(lowest, float(places[number, 1]))
        if joint.end is not None:
            lowest = min(lowest, float(places[number, 1] + joint.end[1]))
    high = -lowest
    if high <= 0:
        notes.append(
            "Its rest pose has no legs below the root; 1 unit is taken as 1 cm."
        )
        return 0.01
    for unit in _UNITS_M:
        if _STANDING_M[0] <= high * unit <= _STANDING_M[1]:
            if unit != 1.0:
                notes.append(
                    f"One unit is taken as {unit:g} m: the hips are "
                    f"{high * unit:.2f} m high. Pass unit_m if not."
                )
            return unit
    unit = 0.93 / high
    notes.append(
        f"No usual unit makes its hips {high:.4g} units high; one unit is taken as "
        f"{unit:.4g} m, for hips at 0.93 m. Pass unit_m if not."
    )
    return unit


def _played(
    joints: list[_Joint], values: NDArray[np.float64], unit: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the root's places, shape (f, 3), and all turns, shape (f, j, 4)."""
    frames = len(values)
    rotations = np.zeros((frames, len(joints), 4))
    rotations[..., 3] = 1.0
    places = np.tile(np.asarray(joints[0].offset, float), (frames, 1))
    at = 0
    for number, joint in enumerate(joints):
        turn = rotations[:, number]
        for channel in joint.channels:
            axis, told = _AXES[channel[0]], values[:, at]
            at += 1
            if channel.endswith("position"):
                # Other joints keep their bones' lengths.
                if number == 0:
                    places[:, axis] = told
                continue
            half = np.radians(told) / 2
            step = np.zeros((frames, 4))
            step[:, axis], step[:, 3] = np.sin(half), np.cos(half)
            turn = _product(turn, step)
        rotations[:, number] = turn
    return places * unit, rotations


def _product(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rotations b then a, as quaternions (x, y, z, w), shape (n, 4)."""
    ax, ay, az, aw = a.T
    bx, by, bz, bw = b.T
    return np.stack(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        ],
        axis=1,
    )
