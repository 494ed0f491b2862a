"""What a trace is asked for: plain values that travel to the process that traces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ALL_CARE",
    "RGB",
    "Care",
    "Disc",
    "Lamp",
    "Layers",
    "Order",
    "Panel",
    "Patch",
    "Spot",
    "Surface",
    "View",
]

RGB = tuple[float, float, float]


class Surface(NamedTuple):
    """What a patch is covered with.

    Attributes:
        color: Linear Rec.709 reflectance.
        roughness: Perceptual, 0 to 1.
        metalness: 0 or 1.
        matter: The matter's name.
        emission: Luminance in cd/m², linear Rec.709.
    """

    color: RGB
    roughness: float
    metalness: float
    matter: str
    emission: RGB

    @property
    def glows(self) -> bool:
        """Whether light comes from it."""
        return max(self.emission) > 0


@dataclass(frozen=True)
class Patch:
    """Triangles under one surface.

    Attributes:
        surface: What covers them.
        positions: World metres, shape (n, 3), float32.
        normals: Unit vertex normals, shape (n, 3), float32.
        coordinates: Surface coordinates in metres, shape (n, 2), float32.
        triangles: Vertex indices, shape (m, 3), uint32.
        vertices: Each vertex's place in the geometry it is of, shape (n,).
        source: Each triangle's place in the frame's, the set's first, shape (m,).
        hollow: Whether it glows by a lamp in it, whose light passes it.
        colors: Linear Rec.709 reflectance of each vertex instead of the surface's, or
            its luminance in cd/m² where the surface glows, shape (n, 3), float32; None
            where it is even.
    """

    surface: Surface
    positions: NDArray[np.float32]
    normals: NDArray[np.float32]
    coordinates: NDArray[np.float32]
    triangles: NDArray[np.uint32]
    vertices: NDArray[np.int64]
    source: NDArray[np.int64]
    hollow: bool = False
    colors: NDArray[np.float32] | None = None


class Disc(NamedTuple):
    """A lamp that is a ball (`axis` all 0) or a one-sided disc, invisible itself."""

    place: RGB
    axis: RGB
    radius_m: float
    radiance: RGB
    weight: float


class Panel(NamedTuple):
    """A one-sided rectangular lamp, invisible itself; it shines along `axis`."""

    place: RGB
    half_u: RGB
    half_v: RGB
    axis: RGB
    radiance: RGB
    weight: float


class Spot(NamedTuple):
    """A lamp of no size that throws a picture; columns rise along up × axis.

    `picture` scales `intensity` (candela) over directions within `cutoff_deg` of the
    axis, by their tangents, shape (n, n), rows rising along up.
    """

    place: RGB
    axis: RGB
    up: RGB
    cutoff_deg: float
    intensity: RGB
    picture: NDArray[np.float32]
    weight: float


Lamp = Disc | Panel | Spot


class View(NamedTuple):
    """A camera at one instant.

    Attributes:
        world_from_camera: Rigid, looking down -z, shape (4, 4).
        fov_x_deg: Angle of the whole film across.
        film_px: Width and height of the whole film.
        crop_px: Where on it the picture begins; the rest is a shifted lens's.
        focus_m: Along the axis.
        pupil_m: Radius of the entrance pupil; 0 is a pinhole.
    """

    world_from_camera: NDArray[np.float64]
    fov_x_deg: float
    film_px: tuple[int, int]
    crop_px: tuple[int, int]
    focus_m: float
    pupil_m: float


class Care(NamedTuple):
    """What a picture is spared, and what not; each choice is unbiased.

    Attributes:
        roulette: Segments of a path after which chance may end it.
        sampler: Mitsuba's, of a pixel's paths.
        looks: Looks a pixel that find shares, albedo and normals; 0 for one a path,
            64 at most.
        denoiser: How much the denoiser takes its time: "high" or "balanced".
        clean: Whether albedo and normals are denoised before they guide it.
    """

    roulette: int = 5
    sampler: Literal["independent", "multijitter"] = "independent"
    looks: int = 0
    denoiser: Literal["high", "balanced"] = "high"
    clean: bool = True


ALL_CARE = Care()
"""Nothing is spared."""


@dataclass(frozen=True)
class Order:
    """One picture to trace.

    Attributes:
        width_px: Of the picture.
        height_px: Of the picture.
        instants: While the shutter is open: what moves and the camera, evenly spaced.
        still: What stands still.
        lamps: The lamps.
        sky: Luminance all round in cd/m², equirectangular, shape (h, w, 3).
        room: Lowest and highest corner of what the sky gives no light to, since lamps
            at its windows stand for it; None where the sky lights all.
        samples: Paths a pixel, over all instants.
        depth: Longest path, in segments.
        seed: Of the paths.
        denoise: Whether the light is denoised.
        care: What it is spared.
    """

    width_px: int
    height_px: int
    instants: tuple[tuple[tuple[Patch, ...], View], ...]
    still: tuple[Patch, ...]
    lamps: tuple[Lamp, ...]
    sky: NDArray[np.float32]
    room: tuple[RGB, RGB] | None
    samples: int
    depth: int
    seed: int
    denoise: bool
    care: Care = ALL_CARE


@dataclass(frozen=True)
class Layers:
    """A traced picture before exposure, and what it was denoised with.

    Attributes:
        light: Luminance in cd/m², linear Rec.709, shape (h, w, 3).
        albedo: Shape (h, w, 3), 0 to 1; 1 where the sky or a glow is seen.
        normal: World normals, 0 at the sky, shape (h, w, 3).
        depth_m: Mean distance along the rays to what is seen, 0 for the sky, (h, w).
        covered: Share of each pixel that sees anything but the sky, shape (h, w).
    """

    light: NDArray[np.float32]
    albedo: NDArray[np.float32]
    normal: NDArray[np.float32]
    depth_m: NDArray[np.float32]
    covered: NDArray[np.float32]
