"""Colour temperature, white balance and exposure, in linear Rec.709."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["DAYLIGHT_K", "exposure_scale", "light_color", "luminance"]

DAYLIGHT_K = 5600.0
"""The balance of a daylight stock."""

_GREY_GAIN = 1.2 * np.pi / 2.5
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
# ITU-R BT.709-6, item 1.4 primaries and white, as XYZ to RGB (IEC 61966-2-1).
_RGB_FROM_XYZ = np.array(
    [
        [3.2404542, -1.5371385, -0.4985314],
        [-0.9692660, 1.8760108, 0.0415560],
        [0.0556434, -0.2040259, 1.0572252],
    ]
)
# Bradford's cone responses (Lam 1985), as in ICC.1:2022 annex E.
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
_D65_XYZ = np.array([0.95047, 1.0, 1.08883])


def luminance(rgb: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the luminance of linear Rec.709, shape (..., 3) → (...)."""
    return np.asarray(np.asarray(rgb, np.float64) @ _LUMINANCE)


def exposure_scale(ev100: float) -> float:
    """Return what turns cd/m² into picture values, where grey (18 %) is 0.18.

    A sensor set to EV100 saturates at L_max = 1.2 · 2^EV100 (ISO 12232:2019; Lagarde
    and de Rousiers 2014, Moving Frostbite to PBR, 5.1.2), which puts a grey card
    under light that an incident meter reads as EV100 (E = 2.5 · 2^EV100 lux, ISO 2720
    with C = 250) at 0.119. ACES expects it at 0.18, so one gain lifts all by 0.6 stop.
    """
    return float(_GREY_GAIN / (1.2 * 2.0**ev100))


@lru_cache(maxsize=256)
def _white_xyz(kelvin: float) -> tuple[float, float, float]:
    """Return the XYZ of a Planckian radiator, Y = 1.

    Planck's law with the analytic CIE 1931 functions of Wyman, Sloan and Shirley
    2013 (JCGT 2.2, multi-lobe fit).
    """
    nm = np.arange(380.0, 781.0, 5.0)

    def lobe(peak: float, below: float, above: float) -> NDArray[np.float64]:
        t = (nm - peak) * np.where(nm < peak, below, above)
        return np.exp(-0.5 * t * t)

    x = (
        0.362 * lobe(442.0, 0.0624, 0.0374)
        + 1.056 * lobe(599.8, 0.0264, 0.0323)
        - 0.065 * lobe(501.1, 0.0490, 0.0382)
    )
    y = 0.821 * lobe(568.8, 0.0213, 0.0247) + 0.286 * lobe(530.9, 0.0613, 0.0322)
    z = 1.217 * lobe(437.0, 0.0845, 0.0278) + 0.681 * lobe(459.0, 0.0385, 0.0725)
    metres = nm * 1e-9
    spectrum = metres**-5 / np.expm1(1.438777e-2 / (metres * kelvin))
    xyz = np.array([(spectrum * curve).sum() for curve in (x, y, z)])
    xyz /= xyz[1]
    return float(xyz[0]), float(xyz[1]), float(xyz[2])


def light_color(
    kelvin: float, *, white_balance_k: float = DAYLIGHT_K
) -> NDArray[np.float64]:
    """Return the colour of a light of luminance 1 as the camera records it.

    A light at the balance is neutral; Bradford adaptation from the balance's white.

    Args:
        kelvin: The light's colour temperature.
        white_balance_k: What the camera is balanced for.

    Returns:
        Linear Rec.709 with a luminance of 1, shape (3,), none below 0.
    """
    cones = _BRADFORD @ np.array(_white_xyz(float(kelvin)))
    white = _BRADFORD @ np.array(_white_xyz(float(white_balance_k)))
    adapted = np.linalg.solve(_BRADFORD, cones / white * (_BRADFORD @ _D65_XYZ))
    rgb = np.maximum(_RGB_FROM_XYZ @ adapted, 0.0)
    return np.asarray(rgb / (rgb @ _LUMINANCE))
