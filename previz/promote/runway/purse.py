"""What a take has cost so far, on disk before a request is sent.

A request whose answer was lost may have been charged, so it counts as charged: that
is how a take never costs more than its budget, whatever is killed and when.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from previz.errors import FilmFolderError, GenerateError, ModelError
from previz.folder import write_atomic
from previz.model import Model

__all__ = ["Entry", "Purse"]

_FILE = "hosted.json"

State = Literal["asked", "refused", "taken", "made", "failed", "lost"]


class Entry(Model):
    """One request.

    Attributes:
        chunk: Of the plan, which it was to make.
        state: asked (no answer yet, or lost), refused (not taken, not charged), taken
            (a task was made of it), made, failed, lost (the service forgot it).
        credits: What it costs or may cost.
        task: The service's name of its task, once there is one.
        code: Why it failed, in the service's terms.
    """

    chunk: Annotated[int, Field(ge=0)]
    state: State
    credits: Annotated[float, Field(ge=0, le=1e9)]
    # It becomes part of an address that the key is sent to.
    task: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{0,80}$")] = ""
    code: Annotated[str, Field(pattern=r"^[A-Z0-9._]{0,80}$")] = ""

    @property
    def is_live(self) -> bool:
        """Whether there is a task of it at the service, made or being made."""
        return self.state in ("taken", "made") and bool(self.task)


class _Book(Model):
    entries: tuple[Entry, ...] = ()


class Purse:
    """One take's requests and what is left of its budget.

    Args:
        scratch: The take's folder for what outlives a process.
        budget_usd: What it may cost in all; None if nothing.
        usd_per_credit: What a credit is bought for.
        spent: Told the whole cost, with what may have been charged.

    Raises:
        FilmFolderError: If the book on disk cannot be read.
    """

    def __init__(
        self,
        scratch: Path,
        *,
        budget_usd: float | None,
        usd_per_credit: float,
        spent: Callable[[float], None],
    ) -> None:
        self._path = scratch / _FILE
        self._budget_usd = budget_usd
        self._usd = usd_per_credit
        self._spent = spent
        self._entries = list(_read(self._path))
        if self._entries:
            self.tell()

    @property
    def cost_usd(self) -> float:
        """What was spent so far, with what may have been."""
        credits = sum(one.credits for one in self._entries if one.state != "refused")
        return credits * self._usd

    def tell(self) -> None:
        """Tell what was spent, with what may have been."""
        self._spent(self.cost_usd)

    def of(self, chunk: int) -> tuple[tuple[int, Entry], ...]:
        """Return a chunk's requests with their numbers, oldest first."""
        booked = enumerate(self._entries)
        return tuple((number, one) for number, one in booked if one.chunk == chunk)

    def check(self, credits: float, *, what: str) -> None:
        """Refuse what the budget does not hold.

        Raises:
            GenerateError: If no budget was named or it is too small.
        """
        more = credits * self._usd
        if self._budget_usd is None:
            raise GenerateError(
                f"Order.budget_usd must be at least ${self.cost_usd + more:.2f} for "
                f"{what}, got none. Pass a budget: nothing is charged without one."
            )
        # Half a ten-thousandth of a cent is no money: sums of floats are not exact.
        if self.cost_usd + more > self._budget_usd + 5e-7:
            raise GenerateError(
                f"Order.budget_usd must be at least ${self.cost_usd + more:.2f}, got "
                f"${self._budget_usd:.2f}: {what} may cost ${more:.2f}, and "
                f"${self.cost_usd:.2f} is spent. Raise it and promote again: what is "
                "paid for is kept."
            )

    def ask(self, chunk: int, credits: float, *, what: str) -> int:
        """Book a request before it is sent; return its number.

        Raises:
            FilmFolderError: If it cannot be written down.
            GenerateError: If the budget does not hold it.
        """
        self.check(credits, what=what)
        self._entries.append(Entry(chunk=chunk, state="asked", credits=credits))
        self._keep()
        return len(self._entries) - 1

    def book(
        self,
        entry: int,
        state: State,
        *,
        credits: float | None = None,
        task: str | None = None,
        code: str = "",
    ) -> None:
        """Book what became of a request.

        Raises:
            ModelError: If the service's terms are none that can be booked.
        """
        old = self._entries[entry]
        self._entries[entry] = old.changed(
            state=state,
            credits=old.credits if credits is None else max(0.0, credits),
            task=old.task if task is None else task,
            code=code,
        )
        self._keep()
        self.tell()

    def _keep(self) -> None:
        book = _Book(entries=tuple(self._entries))
        write_atomic(self._path, book.model_dump_json(indent=1))


def _read(path: Path) -> tuple[Entry, ...]:
    try:
        return _Book.from_json(path.read_bytes()).entries
    except FileNotFoundError:
        return ()
    except (OSError, ModelError) as error:
        raise FilmFolderError(
            f"Take.scratch must hold a book of what was paid, got {path} "
            f"({type(error).__name__}). Look at your account with the service before "
            "you delete it: what it names would be paid again."
        ) from None
