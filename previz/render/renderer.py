"""Pictures of one scene: what is static is worked out once, then frame by frame."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError, UnknownNameError
from previz.model import Gobo, Medium, Scene
from previz.model import Light as SceneLight
from previz.model.limits import LARGEST_PX
from previz.render.anchored import View
from previz.render.bake import Bake, Baked, Effort, LightCache, Lit
from previz.render.buffers import Buffers, gather
from previz.render.color import exposure_scale
from previz.render.display import display
from previz.render.field import lux_at, tree_of
from previz.render.finish import smooth_edges
from previz.render.frame import GLASS, Frame, frame_of, glass_mask, see
from previz.render.hands import both, drawing
from previz.render.lens.passage import Passage, develop, focused, passage_of
from previz.render.lighting import Light
from previz.render.lights import (
    INTENSITY,
    KIND,
    PLACE,
    SUN,
    Lamps,
    lamps_of,
    sky_of,
    white_balance_of,
    windows_are_lamps,
)
from previz.render.looks import FINE, bent_with_the_picture, draw, in_clay
from previz.render.occluders import spheres_of
from previz.render.panes import Mirrored, lay_panes
from previz.render.plates import Generator, Plates, generated
from previz.render.shade import Surfaces, air_of, shade
from previz.render.shadow import no_shadows, shadows_of
from previz.render.texture import matter_textures
from previz.render.visibility import NOTHING, rasterise
from previz.stage import Geometry, StageState

__all__ = ["EFFORTS", "LARGEST_PX", "Quality", "Renderer", "StageLike"]

Quality = Literal["board", "film"]

EFFORTS: dict[str, Effort] = {
    "board": Effort(0.3, 6_000, 8, 4, 60, 24, 768),
    "film": Effort(0.1, 50_000, 12, 16, 400, 64, 2048),
}
"""What a bake spends: for a panel each of many scenes, or for a scene that plays."""

_KEPT, _LAMPS, _DRAWN = 6, 24, 3
_FIGURE_SHADOW_PX = 256
_FAR_OUTDOORS, _FAR_INDOORS = 2.0, 16.0
"""How sparsely light is kept on ground that reaches far beyond the set; of a room it
is seen through the windows at most."""


class StageLike(Protocol):
    """What a renderer reads of a `previz.stage.Stage`."""

    @property
    def scene(self) -> Scene:
        """The scene, for its lights and the playing area."""

    @property
    def set_geometry(self) -> Geometry:
        """The set in world space."""


class _Drawn(NamedTuple):
    """A frame lit, its edges still hard; the thread's next frame reuses `lit`."""

    frame: Frame
    owner: NDArray[np.int32]
    inverse_depth: NDArray[np.float32]
    pane: NDArray[np.bool_]
    lit: NDArray[np.float32]

    def smoothed(self, lit: NDArray[np.float32]) -> NDArray[np.float32]:
        frame = self.frame
        return smooth_edges(
            self.owner, frame.points_camera, frame.triangles, frame.focal_px, lit
        )


class Renderer:
    """Pictures of one scene at one size. May be shared between threads.

    Of a scene's lights the 24 that light the middle of the playing area most are
    used; of these the strongest 6 glint and are blocked by figures, and the 3 that
    light the figures most throw their shadows. The lights are the scene's;
    `StageState.lights` is not read.

    Args:
        stage: The scene's stage; its set and lights are read here, once.
        width_px: 1 to 4096.
        height_px: 1 to 4096.
        exposure_ev100: What the camera is set to (ISO 100).
        quality: "film" for scenes that play, "board" for a panel or two each.
        white_balance_k: What the camera is balanced for; None balances most of the
            way to the scene's lights, as a crew would.
        generator: Makes the picture that is filmed out of the plain one; None leaves
            it plain. Drawn media are drawn from the plain picture.
        light_cache: Where parts of the bake are looked up and left; None begins with
            an empty one.

    Raises:
        PrevizError: If a size is out of range or the quality is unknown.
    """

    def __init__(
        self,
        stage: StageLike,
        *,
        width_px: int,
        height_px: int,
        exposure_ev100: float,
        quality: Quality = "film",
        white_balance_k: float | None = None,
        generator: Generator | None = None,
        light_cache: LightCache | None = None,
    ) -> None:
        for name, value in (("width_px", width_px), ("height_px", height_px)):
            if not 1 <= value <= LARGEST_PX:
                raise PrevizError(
                    f"Renderer.{name} must be 1 to {LARGEST_PX} px, got {value}. "
                    "Pass a size such as 640 by 360."
                )
        if quality not in EFFORTS:
            raise UnknownNameError("Renderer.quality", quality, EFFORTS)
        self._width_px, self._height_px = int(width_px), int(height_px)
        self._exposure = exposure_scale(exposure_ev100)
        self._effort = EFFORTS[quality]
        self._textures = matter_textures()
        self._generator = generator
        scene = stage.scene
        self._outdoors = not scene.set.interior
        self._balance_k = white_balance_k or white_balance_of(scene)
        self._cache = light_cache or LightCache()
        self._next: tuple[Lit, Bake, int] | None = None
        self._after: tuple[Lit, Bake, int] | None = None
        self._light: Light
        lit = self._lit(stage)
        self._show(lit, Bake(lit, self._cache).whole())
        self._coarsest_px = _coarsest_px(scene.lights)

    def relight(self, stage: StageLike, *, quality: Quality | None = None) -> None:
        """Begin to bake another state of the scene: other lights, another set.

        `advance` goes on with it; until it is done, frames are lit as before. Exposure
        and balance stay. Only what changed is worked out again. A bake of the same set
        that has begun is finished and shown first: a lamp that is dragged on and on
        would else never light anything from where it is.

        Args:
            stage: The scene as it is now.
            quality: What is spent from now on; None as before.
        """
        if quality is not None:
            self._effort = EFFORTS[quality]
        lit = self._lit(stage)
        coarsest_px = _coarsest_px(stage.scene.lights)
        begun = lit, Bake(lit, self._cache), coarsest_px
        if self._next is not None and _alike(self._next[0], lit):
            self._after = begun
        else:
            self._next, self._after = begun, None

    def advance(self, budget_ms: float = 8.0) -> bool:
        """Go on with the light for about so long; return whether none is to be baked.

        Args:
            budget_ms: As `Bake.advance` takes it; call it between frames.
        """
        if self._next is None:
            return True
        lit, bake, coarsest_px = self._next
        if not bake.advance(budget_ms):
            return False
        self._next, self._after, self._coarsest_px = self._after, None, coarsest_px
        self._show(lit, bake.whole())
        return self._next is None

    def lux_at(
        self,
        points_world: NDArray[np.float64],
        *,
        facing: tuple[float, float, float] | None = None,
    ) -> NDArray[np.float64]:
        """Return what an incident meter reads on the set, nobody there, shape (n,).

        Args:
            points_world: Where it is held, world metres, shape (n, 3).
            facing: Where its dome points; None turns it to where it reads most.
        """
        tree = tree_of(self._set, self._opaque)
        return lux_at(self._light, tree, points_world, facing=facing)

    def buffers(self, state: StageState) -> Buffers:
        """Return what each pixel sees at one frame."""
        frame = self._frame(state)
        owner, _ = see(frame, width_px=self._width_px, height_px=self._height_px)
        return gather(frame, owner)

    @drawing()
    def plates(self, state: StageState, *, seed: int = 0) -> Plates:
        """Return what a generator is handed of one frame.

        Args:
            state: The frame.
            seed: Of what is invented; the film's.
        """
        return self._plates(state, self._drawn(state, wider=1.0), seed)

    @drawing()
    def linear(
        self,
        state: StageState,
        *,
        clay: bool = False,
        plain: bool = False,
        bounced: bool = True,
        seed: int = 0,
    ) -> NDArray[np.float32]:
        """Return the exposed picture in linear Rec.709, shape (h, w, 3).

        Args:
            state: The frame.
            clay: Whether everything but glass and lamps is of one pale matt clay.
            plain: Whether to leave the generator out.
            bounced: Whether the light has what walls and sky give; else it is only
                what comes straight from lamps, which no generator is shown.
            seed: Of what a generator invents; the film's.
        """
        passage = self._passage(state, fine=1)
        drawn = self._drawn(state, wider=passage.wider, clay=clay, bounced=bounced)
        if self._generator is None or plain or not bounced:
            lit = focused(drawn.lit, drawn.inverse_depth, passage)
            return self._developed(state, drawn, drawn.smoothed(lit), passage)
        plates = self._plates(state, drawn, seed)
        made = generated(self._generator, plates)
        made = focused(made, drawn.inverse_depth, passage)
        return self._developed(state, drawn, made, passage, plates.buffers)

    def picture(
        self, state: StageState, *, medium: Medium = Medium.NATURAL, seed: int = 0
    ) -> NDArray[np.uint8]:
        """Return the picture as sRGB code values, shape (h, w, 3).

        Args:
            state: The frame.
            medium: As filmed, or as drawn.
            seed: Of what a medium or a generator invents; the film's.
        """
        if medium is Medium.NATURAL:
            return display(self.linear(state, seed=seed))
        passage = self._passage(state, fine=FINE)
        size = (self._width_px * FINE, self._height_px * FINE)
        lit = self.linear(state, clay=medium is Medium.CLAY, plain=True)
        frame = self._frame(state, wider=passage.wider, fine=FINE)
        seen, _ = see(frame, width_px=size[0], height_px=size[1])
        buffers = bent_with_the_picture(gather(frame, seen), passage)
        view = View(frame.world_from_camera, frame.focal_px * passage.wider)
        return draw(medium, lit, buffers, view, seed=seed)

    def _passage(self, state: StageState, *, fine: int) -> Passage:
        camera, size = state.camera, (self._width_px * fine, self._height_px * fine)
        return passage_of(
            camera, width_px=size[0], height_px=size[1],
            centre_px=camera.axis_px(*size), frame=state.scene_frame,
        )  # fmt: skip

    def _drawn(
        self,
        state: StageState,
        *,
        wider: float,
        clay: bool = False,
        bounced: bool = True,
    ) -> _Drawn:
        """Light a frame as a pinhole sees it."""
        camera = state.camera
        frame = self._frame(state, wider=wider)
        if clay:
            frame = in_clay(frame)
        (owner, inverse_depth), light = both(
            lambda: see(frame, width_px=self._width_px, height_px=self._height_px),
            lambda: self._lit_by(state),
        )
        surfaces = _surfaces(frame)
        if not bounced:
            light = light.unbounced()
        air = air_of(
            frame.world_from_camera,
            focal_px=frame.focal_px,
            exposure=self._exposure
            if camera.exposure_ev100 is None
            else exposure_scale(camera.exposure_ev100),
            haze_per_m=0.0025 if self._outdoors else 0.0,
        )
        lit = shade(
            owner, surfaces, light, self._textures, air,
            coarsest_px=self._coarsest_px,
        )  # fmt: skip
        behind_glass = inverse_depth.copy()
        pane = np.full(owner.shape, NOTHING, np.int32)
        if frame.glass.any():
            rasterise(frame.points_camera, frame.triangles, frame.glass, 1,
                      frame.focal_px, pane, inverse_depth)  # fmt: skip
            lay_panes(pane, inverse_depth, surfaces, self._mirrored, air, lit)
        return _Drawn(frame, owner, behind_glass, pane != NOTHING, lit)

    def _plates(self, state: StageState, drawn: _Drawn, seed: int) -> Plates:
        frame = drawn.frame
        lit, buffers = both(
            lambda: drawn.smoothed(drawn.lit), lambda: gather(frame, drawn.owner)
        )
        return Plates(
            lit=lit,
            buffers=buffers,
            pane=drawn.pane,
            view=View(frame.world_from_camera, frame.focal_px),
            seed=seed,
            object_seeds=state.object_seeds,
        )

    def _developed(
        self,
        state: StageState,
        drawn: _Drawn,
        picture: NDArray[np.float32],
        passage: Passage,
        seen: Buffers | None = None,
    ) -> NDArray[np.float32]:
        motion = None
        if state.camera.look.motion_blur:
            motion = (seen or gather(drawn.frame, drawn.owner)).motion_px
        return develop(picture, passage, baked_k=self._balance_k,
                       inverse_depth=drawn.inverse_depth, motion_px=motion)  # fmt: skip

    def _frame(self, state: StageState, *, wider: float = 1.0, fine: int = 1) -> Frame:
        return frame_of(
            state,
            set_geometry=self._set,
            width_px=self._width_px * fine,
            height_px=self._height_px * fine,
            wider=wider,
        )

    def _lit_by(self, state: StageState) -> Light:
        """Return the baked light with this frame's figures in it."""
        figures = state.moving
        light = self._light
        chosen = _blocked_by(figures, light.lamps, light.kept.shape[1] - 3)
        drawn = np.full(max(len(light.lamps), 1), -1)
        drawn[chosen] = np.arange(len(chosen))
        return light._replace(
            drawn=drawn,
            figures=shadows_of(
                figures.positions,
                *_throwing(state),
                lamps=light.lamps,
                chosen=chosen,
                edge_px=_FIGURE_SHADOW_PX,
            ),
            spheres=spheres_of(figures, state.moving_parts),
        )

    def _lit(self, stage: StageLike) -> Lit:
        """Return what to bake."""
        scene, geometry = stage.scene, stage.set_geometry
        lamps = lamps_of(
            scene.lights, center=np.array([0.0, 1.2, 0.0]), limit=_LAMPS,
            white_balance_k=self._balance_k,
        )  # fmt: skip
        low, high = _playing_area(scene)
        row = geometry.triangle_material
        glows = geometry.materials.emission[row].sum(axis=1) > 0
        glass = geometry.materials.matter[row] == GLASS
        return Lit(
            geometry=geometry,
            opaque=~glass & ~glows,
            lamps=lamps,
            kept=min(_KEPT, len(lamps)),
            sky=sky_of(scene.lights, white_balance_k=self._balance_k),
            sky_enters=0.0 if windows_are_lamps(scene.lights) else 1.0,
            low=low,
            high=high,
            coarser_beyond=_FAR_OUTDOORS if self._outdoors else _FAR_INDOORS,
            shuts_out_sun=~glows if self._outdoors else ~glows & ~glass,
            effort=self._effort,
        )

    def _show(self, lit: Lit, baked: Baked) -> None:
        """Light the frames that follow by a bake."""
        self._set, self._opaque = lit.geometry, lit.opaque
        self._light = Light(
            lamps=lit.lamps, sky=lit.sky, lattice=baked.lattice, kept=baked.kept,
            probes=baked.probes, sun=baked.sun, sun_map=baked.sun_map,
            drawn=np.full(max(len(lit.lamps), 1), -1), figures=no_shadows(),
            spheres=np.zeros((0, 5)),
        )  # fmt: skip
        self._mirrored = Mirrored(
            baked.tree, baked.lattice, baked.exitance, lit.sky,
            sky_enters=1.0 if self._outdoors else 0.15,
        )  # fmt: skip


def _alike(one: Lit, other: Lit) -> bool:
    """Return whether two bakes differ at most in their lights."""
    return one.geometry is other.geometry and one.effort == other.effort


def _surfaces(frame: Frame) -> Surfaces:
    return Surfaces(
        points=frame.points_camera,
        normals=frame.normals,
        surface=frame.surface,
        triangles=frame.triangles,
        materials=frame.materials,
        set_triangles=frame.set_triangles,
    )


def _throwing(
    state: StageState,
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return the triangles that throw the figures' shadows, and which let light by."""
    fewer = state.moving_shadows
    if fewer is None:
        return state.moving.triangles, glass_mask(state.moving)
    return fewer, np.zeros(len(fewer), np.uint8)


def _blocked_by(figures: Geometry, lamps: Lamps, kept: int) -> list[int]:
    """Return the lamps that throw the figures' shadows: those that light them most.

    None that brings less than a twentieth of their light.
    """
    if len(figures.positions) == 0 or kept == 0:
        return []
    middle = figures.positions.mean(axis=0, dtype=np.float64)
    away = ((lamps[:kept, PLACE : PLACE + 3] - middle) ** 2).sum(axis=1)
    lux = lamps[:kept, INTENSITY : INTENSITY + 3].sum(axis=1)
    lux = np.where(lamps[:kept, KIND] == SUN, lux, lux / np.maximum(away, 0.25))
    order = np.argsort(-lux, kind="stable")[:_DRAWN]
    return [int(i) for i in order if lux[i] >= 0.05 * lux.sum()]


def _coarsest_px(lights: tuple[SceneLight, ...]) -> int:
    """Return how far apart light is worked out: a pattern may be fine."""
    flags = (flag for light in lights for flag in light.flags)
    return 2 if any(flag.gobo is not Gobo.SOLID for flag in flags) else 8


def _playing_area(
    scene: Scene,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners of where figures are lit: inside the walls, to 2.4 m."""
    width, height, depth = scene.set.size_m
    inset = 0.2 if scene.set.interior else 0.0
    x, z = max(width / 2 - inset, 0.1), max(depth / 2 - inset, 0.1)
    top = min(height - 0.1, 2.4) if scene.set.interior and height > 0.5 else 2.4
    return np.array([-x, 0.1, -z]), np.array([x, max(top, 0.4), z])
