"""Edits of the cut: order and length of shots, splitting and merging them."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from previz.direct.retiming import covering
from previz.edits.continued import as_long_as_it_was, continued
from previz.edits.edit import AbstractEdit, Name
from previz.errors import ModelError, UnknownNameError
from previz.model import LAST_FRAME, Film, Scene, Shot
from previz.stage import NO_ASSETS, Assets

__all__ = [
    "DuplicateShot",
    "MergeShots",
    "ReorderShots",
    "SplitShot",
    "recut",
    "shot_after",
]

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class ReorderShots(AbstractEdit):
    """Cut a scene's shots in another order; `order` names each of them once.

    Each keeps its length. The scene plays on as before: a shot that comes earlier
    sees what happens earlier.
    """

    kind: Literal["reorder_shots"] = "reorder_shots"
    scene: Name
    order: Annotated[tuple[Name, ...], Field(min_length=1, max_length=10_000)]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the scene cut in that order."""
        scene = film.find_scene(self.scene)
        return film.with_scene(covering(scene, self._ordered(scene)))

    def words(self, film: Film) -> str:
        """Say the order."""
        scene = film.find_scene(self.scene)
        fresh, old = self._ordered(scene), scene.shots
        for place, shot in enumerate(fresh):
            rest = [s.id for s in fresh if s is not shot]
            if rest != [s.id for s in old if s is not shot]:
                continue
            if place + 1 < len(fresh) and shot is not old[place]:
                return f"{shot.slate} before {fresh[place + 1].slate}"
            if shot is not old[place]:
                return f"{shot.slate} last in scene {scene.number}"
        return f"Scene {scene.number} cut as {', '.join(s.slate for s in fresh[:8])}"

    def _ordered(self, scene: Scene) -> tuple[Shot, ...]:
        named = {s.id: s for s in scene.shots} | {s.slate: s for s in scene.shots}
        for name in self.order:
            if name not in named:
                slates = [s.slate for s in scene.shots]
                raise UnknownNameError("ReorderShots.order", name, slates)
        fresh = tuple(named[name] for name in self.order)
        if len({s.id for s in fresh}) != len(scene.shots) or len(fresh) != len(
            scene.shots
        ):
            raise ModelError(
                "ReorderShots.order must name each shot of scene "
                f"{scene.number} once, got {len(self.order)} names for "
                f"{len(scene.shots)} shots. Name them all."
            )
        return fresh


class SplitShot(AbstractEdit):
    """Cut a shot in two at a frame; the second goes on with the same camera."""

    kind: Literal["split_shot"] = "split_shot"
    shot: Name
    at_frame: Annotated[int, Field(ge=1, le=LAST_FRAME, examples=[24])]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the shot in two."""
        scene, shot = film.find_shot(self.shot)
        _check_inside(shot, self.at_frame)
        at = self.at_frame
        later = continued(film, scene, shot, at, assets=assets)
        first = shot.changed(camera=as_long_as_it_was(shot))
        second = shot.changed(camera=later)
        return film.with_scene(_in_two(film, scene, first, second, at))

    def words(self, film: Film) -> str:
        """Say where it is cut."""
        scene, shot = film.find_shot(self.shot)
        fresh = _free_slate(film, scene)
        return f"{shot.slate} cut at frame {self.at_frame}, on as {fresh}"


class DuplicateShot(AbstractEdit):
    """Shoot the same setup again: a copy takes over the second half of the shot.

    The copy begins its move anew and can be made another shot without touching the
    first.
    """

    kind: Literal["duplicate_shot"] = "duplicate_shot"
    shot: Name

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the setup twice."""
        scene, shot = film.find_shot(self.shot)
        half = shot.length_frames - shot.length_frames // 2
        _check_inside(shot, half)
        return film.with_scene(_in_two(film, scene, shot, shot, half))

    def words(self, film: Film) -> str:
        """Say what the copy is called."""
        scene, shot = film.find_shot(self.shot)
        return f"{shot.slate} again as {_free_slate(film, scene)}"


class MergeShots(AbstractEdit):
    """Let a shot run on over the next one of its scene, which goes."""

    kind: Literal["merge_shots"] = "merge_shots"
    shot: Name

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with one shot in place of two."""
        scene, shot = film.find_shot(self.shot)
        following = shot_after(scene, shot)
        moved = (n.changed(frame=n.frame + shot.length_frames) for n in following.notes)
        longer = shot.changed(
            length_frames=shot.length_frames + following.length_frames,
            notes=(*shot.notes, *moved),
            subjects=tuple(dict.fromkeys((*shot.subjects, *following.subjects))),
        )
        shots = (
            longer if s.id == shot.id else s
            for s in scene.shots
            if s.id != following.id
        )
        return film.with_scene(recut(scene, tuple(shots)))

    def words(self, film: Film) -> str:
        """Say which shot runs on over which."""
        scene, shot = film.find_shot(self.shot)
        return f"{shot.slate} runs on over {shot_after(scene, shot).slate}"


def shot_after(scene: Scene, shot: Shot) -> Shot:
    """Return the shot after another in its scene, or raise if it is the last."""
    for before, after in pairwise(scene.shots):
        if before.id == shot.id:
            return after
    raise ModelError(
        f"Shot must have another after it in scene {scene.number}, got {shot.slate}, "
        "its last. Name one before it."
    )


def recut(scene: Scene, shots: tuple[Shot, ...]) -> Scene:
    """Return the scene cut to these shots, whose number may be another."""
    # A scene without shots passes any cut, so that each step need not.
    return covering(scene.changed(shots=()), shots)


def _check_inside(shot: Shot, frame: int) -> None:
    if not 1 <= frame < shot.length_frames:
        raise ModelError(
            f"SplitShot.at_frame must be 1 to {shot.length_frames - 1} frames in "
            f"{shot.slate}, got {frame}. Pass a frame inside the shot."
        )


def _in_two(film: Film, scene: Scene, shot: Shot, copy: Shot, at: int) -> Scene:
    """Return the scene with a shot's frames from `at` on given to a copy of it."""
    slate = _free_slate(film, scene)
    first = shot.changed(
        length_frames=at, notes=tuple(n for n in shot.notes if n.frame < at)
    )
    second = copy.changed(
        id=_free_id(film, scene, slate),
        slate=slate,
        length_frames=shot.length_frames - at,
        notes=tuple(n.changed(frame=n.frame - at) for n in shot.notes if n.frame >= at),
    )
    shots: list[Shot] = []
    for one in scene.shots:
        shots += [first, second] if one.id == shot.id else [one]
    return recut(scene, tuple(shots))


def _free_slate(film: Film, scene: Scene) -> str:
    """Return the next slate of a scene after those in use: 2D after 2, 2A, 2B, 2C."""
    used = {s.slate for _, s in film.shots}
    names = [f"{scene.number}{a}" for a in _LETTERS]
    names += [f"{scene.number}{a}{b}" for a in _LETTERS for b in _LETTERS]
    names += [f"{scene.number}ZZ{index}" for index in range(1, len(used) + 2)]
    last = max((i for i, name in enumerate(names) if name in used), default=-1)
    return next(name for name in (*names[last + 1 :], *names) if name not in used)


def _free_id(film: Film, scene: Scene, slate: str) -> str:
    used = {s.id for _, s in film.shots}
    name = f"{scene.id}-{slate.removeprefix(scene.number).lower()}"
    while name in used:
        name += "x"
    return name
