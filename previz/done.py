"""What of a film's façade is about people recast and things thrown or opened."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from previz import model
from previz.errors import ModelError, UnknownNameError, check_asked

if TYPE_CHECKING:
    from previz.direct.reframing import Lost
    from previz.stage import Assets, Stage

__all__ = ["AbstractDoing"]


class AbstractDoing(ABC):
    """A film in whose scenes people do things to things."""

    _lost: tuple[Lost, ...] = ()

    @abstractmethod
    def stage_of(self, scene: model.Scene) -> Stage:
        """Return the stage of a scene; it does not know the shots."""

    @property
    @abstractmethod
    def value(self) -> model.Film:
        """The film itself."""

    @property
    @abstractmethod
    def assets(self) -> Assets | None:
        """Its imported meshes and motion, if any."""

    @abstractmethod
    def _having(self, value: model.Film, assets: Assets | None) -> Self:
        """Return another film that has this one's folder."""

    def recast(self, character: str, **asked: Any) -> Self:
        """Return a film in which a character is another person.

        `film.recast("ann", figure="elder_woman")`, `film.recast("ann",
        picture="ann.jpg", age=60, build=0.7)`; what is not named stays. Cameras stay
        too: the film in a cell says which shots no longer frame somebody, and its
        `frame_again()` takes those cameras to where they do.

        Args:
            character: Id of the character.
            **asked: As in `previz.check.recast`.

        Raises:
            PrevizError: If a name is not known, or a picture cannot be read.
        """
        from previz.check import recast

        return self._cast_anew(recast(self.value, character, **asked))

    @property
    def lost(self) -> tuple[Lost, ...]:
        """Shots that framed somebody before they were recast, and now do not."""
        return self._lost

    def frame_again(self, *slates: str) -> Self:
        """Return a film whose lost shots frame their people as they did before.

        `film.recast("ann", figure="boy").frame_again()`. Their paths, moves and aims
        stay, as a whole elsewhere. One that can stand nowhere like that stays lost.

        Args:
            *slates: Which of `lost`; all if none is named.

        Raises:
            UnknownNameError: If one is not lost.
        """
        from previz.edits.reframed import FrameAgain, Shifted

        known = {one.slate: one for one in self.lost}
        for slate in slates:
            if slate not in known:
                raise UnknownNameError("Film.lost", slate, tuple(known))
        asked = [one for one in self.lost if not slates or one.slate in slates]
        ways = {one.shot: one.by_m for one in asked if one.by_m is not None}
        value = self.value
        if ways:
            shots = tuple(Shifted(shot=name, by_m=by) for name, by in ways.items())
            value = FrameAgain(shots=shots).apply(value)
        made = self._having(value, self.assets)
        made._lost = tuple(one for one in self.lost if one.shot not in ways)
        return made

    def _cast_anew(self, value: model.Film) -> Self:
        from previz.direct.reframing import lost_framings
        from previz.stage import NO_ASSETS

        found = lost_framings(self.value, value, assets=self.assets or NO_ASSETS)
        made = self._having(value, self.assets)
        made._lost = tuple(one for one in found if one is not None)
        return made

    def drop(self, scene: str, thing: str, **asked: Any) -> Self:
        """Let a thing fall and break: `film.drop("2", "vase", at_frame=48)`.

        Args:
            scene: Number of the scene.
            thing: Id of a prop or set piece.
            **asked: As in `previz.simulate.drop`.

        Raises:
            PrevizError: If a name is not known or the thing is not there then.
        """
        return self._done("drop", scene, thing, asked)

    def throw(self, scene: str, thing: str, **asked: Any) -> Self:
        """Throw a thing: `film.throw("2", "vase", at_frame=48, toward="bob")`.

        Args:
            scene: Number of the scene.
            thing: Id of a prop or set piece.
            **asked: As in `previz.simulate.throw`.

        Raises:
            PrevizError: If a name is not known or one of them is not there then.
        """
        return self._done("throw", scene, thing, asked)

    def topple(self, scene: str, thing: str, **asked: Any) -> Self:
        """Knock a thing over or off what it stands on; as `previz.simulate.topple`.

        Raises:
            PrevizError: If a name is not known or one of them is not there then.
        """
        return self._done("topple", scene, thing, asked)

    def push(self, scene: str, thing: str, **asked: Any) -> Self:
        """Slide a thing: `film.push("2", "table", from_frame=24, to=(1, 0, 2))`.

        Raises:
            PrevizError: If a name is not known or the frames run backwards.
        """
        return self._done("push", scene, thing, asked)

    def carry(self, scene: str, thing: str, **asked: Any) -> Self:
        """Let somebody hold a thing and put it down.

        `film.carry("2", "cup", by="ann", from_frame=24, until_frame=96)`.

        Args:
            scene: Number of the scene.
            thing: Id of a prop or set piece.
            **asked: As in `previz.simulate.carry`.

        Raises:
            PrevizError: If a name is not known or the frames run backwards.
        """
        return self._done("carry", scene, thing, asked)

    def swing(self, scene: str, piece: str, **asked: Any) -> Self:
        """Open or shut a door, drawer or lid.

        `film.swing("2", "wall-n", part="door-1", at_frame=24, seconds=0.8)`; `to=0`
        shuts it.

        Args:
            scene: Number of the scene.
            piece: Id of a set piece.
            **asked: As in `previz.simulate.open_part`.

        Raises:
            PrevizError: If the set has no such piece, or it no such part.
        """
        return self._done("open_part", scene, piece, asked)

    def place(self, scene: str, piece: model.SetPiece) -> Self:
        """Return a film with a thing more that people of a scene can take.

        `film.place("2", hand_prop("vase", id="vase", seed=1))`.

        Args:
            scene: Number of the scene.
            piece: What it is and where it lies.

        Raises:
            PrevizError: If the scene is not known or the id is taken.
        """
        old = self._scene(scene)
        if piece.id in [character.id for character in self.value.characters]:
            raise ModelError(
                f"Prop.id must differ from the ids of the cast, got {piece.id!r}. "
                "Rename the piece."
            )
        return self._instead(
            old, old.changed(props=(*old.props, model.Prop(piece=piece)))
        )

    def _done(self, deed: str, scene: str, thing: str, asked: dict[str, Any]) -> Self:
        from previz import simulate

        old = self._scene(scene)
        do: Callable[..., model.Scene] = getattr(simulate, deed)
        check_asked(f"Film.{'swing' if deed == 'open_part' else deed}", asked, do)
        new = do(self.stage_of(old), thing, **asked)
        return self._instead(old, new.changed(shots=old.shots))

    def _instead(self, old: model.Scene, new: model.Scene) -> Self:
        """Return the film with one scene in place of another, once it can be played."""
        self.stage_of(new)
        scenes = tuple(new if s is old else s for s in self.value.scenes)
        return self._having(self.value.changed(scenes=scenes), self.assets)

    def _scene(self, number: str) -> model.Scene:
        for scene in self.value.scenes:
            if str(number) in (scene.number, scene.id):
                return scene
        numbers = [scene.number for scene in self.value.scenes]
        raise UnknownNameError("Film.scene", str(number), numbers)
