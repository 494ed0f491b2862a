"""What travels to a machine that shares no disk: a frozen shot and what it needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from previz import errors
from previz.errors import PrevizError, PromoteError
from previz.folder import FilmFolder
from previz.promote.backend import Frame, Task
from previz.promote.backends import backend_of
from previz.promote.engines.probe import VERSION
from previz.promote.frozen import Frozen
from previz.promote.ledger import Ledger
from previz.promote.pictures import kept_names
from previz.promote.shooting import footage_of
from previz.promote.work import check_weights

__all__ = ["Parcel", "assets_of", "made_of", "revived", "stays_home"]


@dataclass(frozen=True)
class Parcel:
    """A frozen shot, the frames that are wanted of it, and the names of its files.

    Attributes:
        frozen: The shot.
        wanted: Frames that are missing at home, in order.
        assets: Names of files in the film's folder of assets; each begins with the
            SHA-256 of its bytes.
        budget_usd: As in `Task`.
    """

    frozen: Frozen
    wanted: tuple[int, ...]
    assets: tuple[str, ...] = ()
    budget_usd: float | None = None

    def to_bytes(self) -> bytes:
        """Return it as bytes."""
        told = {
            "previz": VERSION,
            "frozen": self.frozen.to_json(),
            "wanted": self.wanted,
            "assets": self.assets,
            "budget_usd": self.budget_usd,
        }
        return json.dumps(told).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Parcel:
        """Return the parcel of bytes.

        Raises:
            PromoteError: If it comes from another previz, or makes another take here.
        """
        told = json.loads(raw)
        if told["previz"] != VERSION:
            raise PromoteError(
                f"Parcel.previz must be {VERSION}, as here, got {told['previz']}. "
                "Install the same previz on both machines."
            )
        return cls(
            frozen=Frozen.from_json(told["frozen"]),
            wanted=tuple(told["wanted"]),
            assets=tuple(told["assets"]),
            budget_usd=told["budget_usd"],
        )

    @property
    def name(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def stays_home(folder: Path, job: str) -> bool:
    """Tell whether a job needs no machine but a key, which is not to travel.

    What it was billed for is written down where it is made, so that a worker that dies
    does not pay twice.
    """
    with Ledger(FilmFolder(folder).ledger) as ledger:
        return ledger.job(job).backend == "hosted"


def assets_of(folder: Path, frozen: Frozen) -> dict[str, Path]:
    """Return the files that a frozen shot needs of a film's folder, by name."""
    film = frozen.film
    named = {name for scene in film.scenes for name in scene.asset_names}
    named |= {r.picture for who in film.characters for r in who.references}
    named |= {*kept_names(frozen.order)}
    kept = FilmFolder(folder).assets
    if not named or not kept.is_dir():
        return {}
    return {
        path.name: path
        for path in sorted(kept.iterdir())
        if path.stem in named and path.is_file() and not path.is_symlink()
    }


def made_of(
    parcel: Parcel, *, folder: Path, scratch: Path, **told: Any
) -> Iterator[Frame]:
    """Make a parcel's frames on this machine.

    Args:
        parcel: What to make.
        folder: Where its assets lie, in a folder `assets`.
        scratch: As in `Task`.
        **told: What else a `Task` is told: made, stopped, report …

    Raises:
        PromoteError: If this machine would make another take: its packages differ.
        PrevizError: As the backend does.
    """
    frozen = parcel.frozen
    backend = backend_of(frozen.order.backend)
    _check_versions(frozen, backend.versions())
    check_weights(frozen, backend)
    footage = footage_of(frozen, folder)
    plan = backend.plan(
        frozen.order,
        length_frames=frozen.shot.length_frames,
        rate_fps=float(frozen.film.rate.fraction),
    )
    task = Task(
        frozen=frozen,
        footage=footage,
        plan=plan,
        wanted=parcel.wanted,
        scratch=scratch,
        budget_usd=parcel.budget_usd,
        **told,
    )
    yield from backend.frames(task)


def _check_versions(frozen: Frozen, here: dict[str, str]) -> None:
    other = {
        name: (version, here[name])
        for name, version in frozen.versions.items()
        if name in here and here[name] != version
    }
    if other:
        name, (wanted, found) = sorted(other.items())[0]
        raise PromoteError(
            f"Frozen.versions must be those of where it is made, got {name} {wanted} "
            f"and {found} there. Install {name} {wanted} there, or promote again from "
            f"a notebook with {found}."
        )


def revived(kind: str, text: str) -> PrevizError:
    """Return an error that was raised far away, as its own kind where that has no more.

    Args:
        kind: Name of its class.
        text: What it said.
    """
    known = getattr(errors, kind, None)
    if not isinstance(known, type) or not issubclass(known, PrevizError):
        return PromoteError(text)
    if known in (errors.UnknownNameError, errors.ScriptError):
        return PromoteError(text)
    raised: PrevizError = known(text)
    return raised
