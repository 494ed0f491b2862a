"""Scenes kept ready while they are edited: only what changes is made anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from previz.model import Character, Film, Rate, Scene, Shot
from previz.render import Generator, NamedGenerator, Renderer
from previz.render.bake import LightCache
from previz.render.lights import white_balance_of
from previz.session import Session
from previz.stage import NO_ASSETS, Assets, Geometry, Stage, StageState
from previz.widgets.baking import Baked, Baking, bake_steps
from previz.widgets.fittings import Fittings

__all__ = ["PlayedScene", "Playing", "StagedScene", "same_bodies"]

_KEPT_SCENES, _KEPT_SIZES, _KEPT_BAKED = 4, 3, 2


@dataclass(frozen=True)
class StagedScene:
    """A stage under the scene as it is now: lights and cameras change no stage."""

    scene: Scene
    stage: Stage

    @property
    def characters(self) -> tuple[Character, ...]:
        """The film's characters."""
        return self.stage.characters

    @property
    def rate(self) -> Rate:
        """The film's rate."""
        return self.stage.rate

    @property
    def set_geometry(self) -> Geometry:
        """The set in world space."""
        return self.stage.set_geometry

    def at(self, shot: Shot, frame: int) -> StageState:
        """Say what is where at a frame of a shot."""
        return self.stage.at(shot, frame)


class PlayedScene:
    """A scene's stage and renderers, kept up with its edits.

    Args:
        film: The film.
        scene: A scene of it.
        assets: Says what meshes and motion are imported by now.
        generator: Makes the pictures; None leaves them plain.
    """

    def __init__(
        self,
        film: Film,
        scene: Scene,
        *,
        assets: Callable[[], Assets],
        generator: Generator | None,
    ) -> None:
        self._assets, self._generator = assets, generator
        self._light_cache = LightCache()
        self._renderers: OrderedDict[tuple[int, int], Renderer] = OrderedDict()
        self._fine: set[tuple[int, int]] = set()
        self._acted = _acted(film, scene)
        self._people = film.characters
        self._baked: OrderedDict[tuple[int, int], Baked] = OrderedDict()
        self._balance_k = white_balance_of(scene)
        stage = Stage(scene, film.characters, rate=film.rate, assets=assets())
        self.staged = StagedScene(scene, stage)

    @property
    def stage(self) -> Stage:
        """Where everything is."""
        return self.staged.stage

    def follow(self, film: Film, scene: Scene, *, settled: bool) -> None:
        """Take over the scene as it is now.

        Args:
            film: The film.
            scene: The scene after an edit.
            settled: Whether no drag goes on: a drag keeps the camera's balance.
        """
        before, stage = self.staged.scene, self.staged.stage
        acted = _acted(film, scene)
        if acted != self._acted or not same_bodies(self._people, film.characters):
            stage = Stage(scene, film.characters, rate=film.rate, assets=self._assets())
            self._acted, self._people = acted, film.characters
            self._baked.clear()
        self.staged = StagedScene(scene, stage)
        if _lit(before) != _lit(scene):
            for renderer in self._renderers.values():
                renderer.relight(self.staged)
        if settled and self._renderers and self._balance_k != white_balance_of(scene):
            self._renderers.clear()
            self._fine.clear()

    def baked(self, shot: Shot) -> Baking:
        """Bake a shot of the scene in steps, or return it as it was baked before.

        None where people or things began to act otherwise meanwhile.
        """
        acted, span = self._acted, (shot.first_frame, shot.length_frames)
        if span not in self._baked:
            baked = yield from bake_steps(self.staged, shot)
            if self._acted is not acted:
                return None
            self._baked[span] = baked
        self._baked.move_to_end(span)
        while len(self._baked) > _KEPT_BAKED:
            self._baked.popitem(last=False)
        return self._baked[span]

    def renderer(self, size: tuple[int, int], *, fine: bool) -> Renderer:
        """Return a renderer of the scene at a size, whose light may not be whole yet.

        Its light is as coarse as a panel's at first, so that there is a picture soon.

        Args:
            size: Width and height in pixels.
            fine: Whether to go on to the light of a scene that plays.
        """
        renderer = self._renderers.get(size) or self._begun(size)
        self._renderers.move_to_end(size)
        if fine and size not in self._fine:
            renderer.relight(self.staged, quality="film")
            self._fine.add(size)
        return renderer

    def _begun(self, size: tuple[int, int]) -> Renderer:
        scene = self.staged.scene
        made = Renderer(
            self.staged,
            width_px=size[0],
            height_px=size[1],
            exposure_ev100=scene.exposure_ev100,
            quality="board",
            generator=self._generator,
            light_cache=self._light_cache,
        )
        self._balance_k = white_balance_of(scene)
        self._renderers[size] = made
        while len(self._renderers) > _KEPT_SIZES:
            dropped, _ = self._renderers.popitem(last=False)
            self._fine.discard(dropped)
        return made


class Playing:
    """The scenes of a film that are looked at, the least used forgotten first.

    May be shared by all widgets over one film.

    Args:
        session: The film being directed.
        generator: Makes the pictures; None leaves them plain.

    Attributes:
        fittings: Pictures of the characters alone.
        label: What the generator is called; empty for none.
    """

    def __init__(
        self, session: Session, *, generator: NamedGenerator | None = None
    ) -> None:
        self._session, self._generator = session, generator
        self._scenes: OrderedDict[str, PlayedScene] = OrderedDict()
        self.fittings = Fittings(generator)
        self.label = "" if generator is None else generator.label

    def scene(self, film: Film, scene: Scene) -> PlayedScene:
        """Return a scene of the film, played as it is now."""
        kept = self._scenes.get(scene.id)
        if kept is None:
            kept = PlayedScene(
                film, scene, assets=self._assets, generator=self._generator
            )
            self._scenes[scene.id] = kept
        elif kept.staged.scene is not scene or not same_bodies(
            kept.staged.characters, film.characters
        ):
            kept.follow(film, scene, settled=True)
        self._scenes.move_to_end(scene.id)
        while len(self._scenes) > _KEPT_SCENES:
            self._scenes.popitem(last=False)
        return kept

    def follow(self, film: Film, *, settled: bool) -> None:
        """Take over the film as it is now; what is no longer in it is forgotten.

        Args:
            film: The film.
            settled: Whether no drag goes on.
        """
        scenes = {scene.id: scene for scene in film.scenes}
        for name in list(self._scenes):
            if name in scenes:
                self._scenes[name].follow(film, scenes[name], settled=settled)
            else:
                del self._scenes[name]

    def _assets(self) -> Assets:
        assets = self._session.assets
        return NO_ASSETS if assets is None else assets


def _acted(film: Film, scene: Scene) -> tuple[object, ...]:
    """Return all besides the cast that decides where anything but the camera is."""
    return (
        scene.set, scene.blocking, scene.props, scene.swings, scene.beats,
        scene.length_frames, scene.exposure_ev100, film.rate,
    )  # fmt: skip


def same_bodies(a: tuple[Character, ...], b: tuple[Character, ...]) -> bool:
    """Whether two casts look alike: pictures that are pinned up count for nothing."""
    return a is b or (
        len(a) == len(b)
        and all(
            one == other or one.changed(references=()) == other.changed(references=())
            for one, other in zip(a, b, strict=True)
        )
    )


def _lit(scene: Scene) -> tuple[object, ...]:
    """Return all that decides the light that stands still."""
    return scene.set, scene.lights
