"""What each lighting scheme is: its ratio, its lamps, and how the camera exposes it.

Ratios are key side to fill side, what a meter reads on the two cheeks, in stops: 1 is
2:1, 2 is 4:1, 3 is 8:1 (key plus fill to fill, Alton 1949, Painting with Light; Box
2010, Set Lighting Technician's Handbook, 4th ed., chapter 5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from previz.model import RGB, Gobo, LightKind, LightRole, TimeOfDay

__all__ = ["LAWS", "Anchor", "Law", "Part"]

WHITE: RGB = (1.0, 1.0, 1.0)
STEEL: RGB = (0.45, 1.0, 2.7)
MAGENTA: RGB = (2.9, 0.25, 2.8)
CYAN: RGB = (0.12, 1.12, 2.42)

Anchor = str
"""From where a part's yaw counts: "face" (where it looks), "camera" (from the subject
to the camera) or "wall" (a lamp on what stands behind the subject, from the key side,
or from the other where its yaw is negative). Positive yaws go to the key side."""


@dataclass(frozen=True)
class Part:
    """One lamp of a scheme.

    Attributes:
        role: What it is for.
        kind: Sun, sky, area or point.
        anchor: See `Anchor`.
        yaw_deg: About the subject, towards the key side.
        rise_deg: Above the eyes.
        distance_m: From the eyes.
        size_m: Width and height: what makes it soft.
        kelvin: Colour temperature.
        gel: Its colour, at a luminance of about 1.
        stops: Light where it is aimed, against the key side's. Key and fill are
            solved for the ratio; theirs says nothing.
        beam_deg: Makes a point a spot.
        gobo: A pattern between the lamp and what it is aimed at.
    """

    role: LightRole
    kind: LightKind = LightKind.AREA
    anchor: Anchor = "face"
    yaw_deg: float = 0.0
    rise_deg: float = 0.0
    distance_m: float = 2.4
    size_m: tuple[float, float] = (0.3, 0.3)
    kelvin: float = 5600.0
    gel: RGB = WHITE
    stops: float = 0.0
    beam_deg: float | None = None
    gobo: Gobo | None = None


@dataclass(frozen=True)
class Law:
    """A scheme.

    Attributes:
        key_to_fill_stops: What a meter reads on the key side of the face over the
            fill side.
        key_stops: How the key side is exposed against a grey card at grey.
        indoors: Its lamps in a room, key first, fill second.
        outdoors: Its lamps in the open.
        base_stops: The set's own windows, lamps and sky on the face, under the key.
        hour: What time of day it plays at; None for the scene's.
        words: What it is for, in a line.
        lamps_stops: A lamp of the set on the wall it stands by, against the key side:
            dimmed to no more, so that the face is the best exposed thing.
    """

    key_to_fill_stops: float
    key_stops: float
    indoors: tuple[Part, ...]
    outdoors: tuple[Part, ...]
    base_stops: float
    hour: TimeOfDay | None
    words: str
    lamps_stops: float = -2.0


AREA, POINT, SUN, SKY = LightKind.AREA, LightKind.POINT, LightKind.SUN, LightKind.SKY
KEY, FILL, BACK = LightRole.KEY, LightRole.FILL, LightRole.BACK
KICKER, BOUNCE, MOON = LightRole.KICKER, LightRole.BOUNCE, LightRole.MOON

_SOFT_KEY = Part(KEY, yaw_deg=42, rise_deg=32, size_m=(0.9, 0.9))
_SOFT_FILL = Part(
    FILL, anchor="camera", yaw_deg=-28, rise_deg=12, distance_m=2.8, size_m=(1.2, 1.2)
)
_FRESNEL = Part(
    KEY, POINT, yaw_deg=50, rise_deg=42, size_m=(0.15, 0.15), kelvin=3200, beam_deg=32
)
_BACK = Part(BACK, POINT, "camera", -158, 42, 2.6, (0.15, 0.15), stops=0.3, beam_deg=34)
_WALL = Part(BOUNCE, POINT, "wall", size_m=(0.2, 0.2), stops=-1.2, beam_deg=55)
_SUN_BACK = Part(BACK, SUN, "camera", -150, 36, kelvin=5300, stops=0.6)
_SKY_FILL = Part(FILL, SKY, kelvin=7500)
_LOW_SUN = Part(KEY, SUN, yaw_deg=60, rise_deg=6, kelvin=2300)


_PATTERN = replace(_WALL, gobo=Gobo.BLINDS, stops=1.2, beam_deg=40, kelvin=3600)
_SUNSET_WINDOW = replace(
    _WALL, gobo=Gobo.WINDOW, stops=0.5, beam_deg=45, kelvin=2700, size_m=(0.08, 0.08)
)
_MOON_WINDOW = replace(
    _WALL, gobo=Gobo.WINDOW, stops=0.4, beam_deg=45, kelvin=6500, gel=STEEL,
    size_m=(0.08, 0.08),
)  # fmt: skip

LAWS: dict[str, Law] = {
    "three_point": Law(
        2.0, 1.1,
        (_SOFT_KEY, _SOFT_FILL, _BACK, replace(_WALL, stops=-2.2)),
        (_SOFT_KEY, _SKY_FILL, _SUN_BACK),
        -3.0, None,
        "Key, fill and back light: the face modelled, set off from what is behind.",
    ),
    "high_key": Law(
        0.8, 1.6,
        (
            replace(_SOFT_KEY, yaw_deg=32, rise_deg=26, size_m=(1.3, 1.3)),
            replace(_SOFT_FILL, size_m=(1.5, 1.5)),
            replace(_BACK, stops=0.0),
            replace(_WALL, stops=-0.6, beam_deg=100),
            replace(_WALL, yaw_deg=-1, stops=-0.6, beam_deg=100),
        ),
        (replace(_SOFT_KEY, yaw_deg=32, size_m=(1.8, 1.8)), _SKY_FILL, _SUN_BACK),
        -1.6, None,
        "Bright and even: comedy, the shop, the kitchen in the advertisement.",
    ),
    "low_key": Law(
        4.0, 0.4,
        (
            replace(_FRESNEL, yaw_deg=62, rise_deg=34, beam_deg=24),
            replace(_SOFT_FILL, size_m=(0.5, 0.5)),
            replace(_BACK, stops=0.2, kelvin=3800, beam_deg=24),
            _PATTERN,
        ),
        (
            replace(_FRESNEL, yaw_deg=62, rise_deg=34, beam_deg=24),
            replace(_SKY_FILL, kelvin=9000),
            replace(_BACK, stops=0.4, kelvin=5600),
        ),
        -6.0, TimeOfDay.NIGHT,
        "Noir: one hard lamp from the side, blinds on the wall, the rest dark.",
    ),
    "rembrandt": Law(
        3.0, 1.1,
        (
            replace(_FRESNEL, yaw_deg=50, rise_deg=51, size_m=(0.1, 0.1)),
            replace(_SOFT_FILL, kelvin=3200),
            replace(_BACK, stops=-1.2, kelvin=3200),
            replace(_WALL, stops=-3.0, kelvin=3000),
        ),
        (
            replace(_FRESNEL, yaw_deg=50, rise_deg=51, size_m=(0.1, 0.1), kelvin=5600),
            _SKY_FILL,
            replace(_SUN_BACK, stops=-0.6),
        ),
        -4.5, None,
        "High and to the side: a triangle of light on the shadow cheek.",
    ),
    "silhouette": Law(
        0.0, -4.0,
        (
            replace(_WALL, stops=4.7, beam_deg=110),
            replace(_WALL, yaw_deg=-1, stops=4.7, beam_deg=110),
        ),
        (
            replace(_SKY_FILL, stops=2.2),
            Part(BACK, SUN, "camera", 176, 4, kelvin=3200, stops=2.0),
        ),
        -4.0, None,
        "A shape against a lit wall or the sky: the camera exposes for what is behind.",
    ),
    "golden_hour": Law(
        2.0, 1.0,
        (
            replace(_SOFT_KEY, yaw_deg=56, rise_deg=10, kelvin=2800, size_m=(0.5, 0.7)),
            replace(_SOFT_FILL, kelvin=6500),
            replace(_BACK, stops=0.3, kelvin=2600),
            _SUNSET_WINDOW,
        ),
        (_LOW_SUN, replace(_SKY_FILL, kelvin=8500),
         replace(_BACK, stops=0.8, kelvin=2600)),
        -3.0, TimeOfDay.DUSK,
        "The last hour of sun: low, warm and long, under a blue sky.",
    ),
    "moonlight": Law(
        3.0, 0.3,
        (
            replace(_FRESNEL, yaw_deg=58, rise_deg=40, kelvin=6500, gel=STEEL,
                  size_m=(0.4, 0.4)),
            replace(_SOFT_FILL, kelvin=8000, gel=STEEL),
            replace(_BACK, stops=0.4, kelvin=7000, gel=STEEL),
            _MOON_WINDOW,
        ),
        (
            Part(KEY, SUN, yaw_deg=48, rise_deg=38, kelvin=6500, gel=STEEL),
            replace(_SKY_FILL, kelvin=11_000),
            replace(_BACK, stops=1.0, kelvin=6500, gel=STEEL),
        ),
        -4.0, TimeOfDay.NIGHT,
        "Steel blue from above, a rim on the hair, the shadows left dark.",
    ),
    "neon": Law(
        1.0, 0.1,
        (
            replace(_SOFT_KEY, yaw_deg=60, rise_deg=6, size_m=(0.25, 1.4), gel=MAGENTA,
                  distance_m=1.9),
            replace(_SOFT_FILL, anchor="face", yaw_deg=-62, rise_deg=4,
                  size_m=(0.25, 1.4), gel=CYAN, distance_m=2.0),
            replace(_BACK, stops=-0.2, gel=CYAN),
            replace(_WALL, stops=-3.2, gel=MAGENTA),
        ),
        (
            replace(_SOFT_KEY, yaw_deg=60, rise_deg=6, size_m=(0.25, 1.4), gel=MAGENTA,
                  distance_m=1.9),
            replace(_SOFT_FILL, anchor="face", yaw_deg=-62, rise_deg=4,
                  size_m=(0.25, 1.4), gel=CYAN, distance_m=2.0),
            replace(_BACK, stops=-0.2, gel=CYAN),
        ),
        -5.0, TimeOfDay.NIGHT,
        "Two colours of tube, one a cheek.",
    ),
    "candle": Law(
        3.0, 0.2,
        (
            Part(KEY, POINT, yaw_deg=38, rise_deg=-22, distance_m=0.75, kelvin=1900),
            replace(_SOFT_FILL, kelvin=2300, rise_deg=-8, distance_m=2.0),
            replace(_BACK, stops=-2.0, kelvin=2300),
            replace(_WALL, stops=-3.8, kelvin=2000),
        ),
        (
            Part(KEY, POINT, yaw_deg=38, rise_deg=-22, distance_m=0.75, kelvin=1900),
            replace(_SKY_FILL, kelvin=9000),
            replace(_BACK, stops=-1.0, kelvin=6500, gel=STEEL),
        ),
        -6.0, TimeOfDay.NIGHT,
        "A flame below the face, just out of the picture.",
    ),
    "overcast": Law(
        0.6, 0.8,
        (
            replace(_SOFT_KEY, yaw_deg=36, rise_deg=24, size_m=(1.8, 1.5), kelvin=6500),
            replace(_SOFT_FILL, kelvin=6500, size_m=(1.6, 1.6)),
            replace(_WALL, stops=-0.9, kelvin=6500, beam_deg=75),
        ),
        (
            replace(_SOFT_KEY, yaw_deg=30, rise_deg=48, size_m=(2.4, 2.4), kelvin=6500),
            replace(_SKY_FILL, kelvin=6500),
        ),
        -1.5, TimeOfDay.DAY,
        "Cloud: hardly a shadow, a little more from above.",
    ),
}  # fmt: skip
