"""Edits of the blocking: where people are when, and where they face."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct import reblocked
from previz.direct.remarking import moved_mark, timed_mark, unmarked
from previz.edits.edit import (
    AbstractEdit,
    Frame,
    Index,
    Name,
    chosen,
    degrees,
    name_of,
    place_words,
)
from previz.errors import ModelError
from previz.model import Film, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddMark", "MoveMark", "RemoveMark", "TimeMark"]

Facing = Annotated[float, Field(ge=-360, le=360, examples=[90.0])]
Place = Annotated[str, Field(max_length=80, examples=["window"])]


class MoveMark(AbstractEdit):
    """Put a mark elsewhere, at the same time, or turn who stands on it.

    `to` names a spot, a piece of the set or somebody; or pass `position_m`, whose
    height does not count.
    """

    kind: Literal["move_mark"] = "move_mark"
    scene: Name
    character: Name
    index: Index
    position_m: Vec3 | None = None
    to: Place = ""
    facing_deg: Facing | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the mark moved and the ways walked anew."""
        scene = film.find_scene(self.scene)
        blocking = scene.blocking_of(self.character)
        index = chosen("Blocking.mark", self.index, blocking.marks)
        fresh = moved_mark(
            scene,
            blocking,
            index,
            to=self.to or self.position_m,
            facing_deg=self.facing_deg,
            rate=film.rate,
            assets=assets,
        )
        return film.with_scene(fresh)

    def words(self, film: Film) -> str:
        """Say whose mark goes where."""
        scene = film.find_scene(self.scene)
        who = f"{name_of(film, self.character)}'s mark {self.index + 1}"
        if self.to:
            return f"{who} to {_called(film, self.to)}"
        if self.position_m is not None:
            return f"{who} {place_words(scene, self.position_m)}"
        if self.facing_deg is not None:
            return f"{who} turned to {degrees(self.facing_deg)}"
        return f"{who} as it was"


class TimeMark(AbstractEdit):
    """Let a mark be reached at another scene frame, and left at one."""

    kind: Literal["time_mark"] = "time_mark"
    scene: Name
    character: Name
    index: Index
    arrive_frame: Frame
    leave_frame: Frame | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the mark hit at that time."""
        scene = film.find_scene(self.scene)
        blocking = scene.blocking_of(self.character)
        fresh = timed_mark(
            scene,
            blocking,
            chosen("Blocking.mark", self.index, blocking.marks),
            arrive_frame=self.arrive_frame,
            leave_frame=self.leave_frame,
            rate=film.rate,
        )
        return film.with_scene(fresh)

    def words(self, film: Film) -> str:
        """Say when the mark is hit."""
        who = f"{name_of(film, self.character)} on mark {self.index + 1}"
        leaves = "" if self.leave_frame is None else f" till {self.leave_frame}"
        return f"{who} at frame {self.arrive_frame}{leaves}"


class AddMark(AbstractEdit):
    """Give somebody a mark at a scene frame; the way there and on is planned."""

    kind: Literal["add_mark"] = "add_mark"
    scene: Name
    character: Name
    at_frame: Frame
    position_m: Vec3 | None = None
    to: Place = ""
    facing_deg: Facing | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the mark among the others."""
        scene = film.find_scene(self.scene)
        scene.blocking_of(self.character)
        place = self.position_m
        if not self.to and place is None:
            raise ModelError(
                "AddMark must have either to or position_m, got neither. Pass a spot "
                'such as to="window", or a place in metres.'
            )
        return reblocked(
            film,
            scene.id,
            self.character,
            to=self.to or ((place[0], place[2]) if place else ""),
            at_frame=self.at_frame,
            facing=self.facing_deg,
            assets=assets,
        )

    def words(self, film: Film) -> str:
        """Say who goes where by when."""
        scene = film.find_scene(self.scene)
        where = ""
        if self.to:
            where = f" to {_called(film, self.to)}"
        elif self.position_m is not None:
            where = f" {place_words(scene, self.position_m)}"
        return f"{name_of(film, self.character)}{where} by frame {self.at_frame}"


class RemoveMark(AbstractEdit):
    """Take a mark out; who had it walks on past."""

    kind: Literal["remove_mark"] = "remove_mark"
    scene: Name
    character: Name
    index: Index

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without the mark."""
        scene = film.find_scene(self.scene)
        blocking = scene.blocking_of(self.character)
        index = chosen("Blocking.mark", self.index, blocking.marks)
        fresh = unmarked(scene, blocking, index, rate=film.rate, assets=assets)
        return film.with_scene(fresh)

    def words(self, film: Film) -> str:
        """Say whose mark goes."""
        return f"{name_of(film, self.character)} loses mark {self.index + 1}"


def _called(film: Film, name: str) -> str:
    """Return what a place is called: "the window", or somebody by name."""
    if any(c.id == name for c in film.characters):
        return name_of(film, name)
    return f"the {name.replace('-', ' ')}"
