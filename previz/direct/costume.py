"""What people wear: told by the text where it tells, else drawn from one palette.

A costume palette keeps a cast apart without shouting: muted colours that alternate
between warm and cool, light and dark, so that two neighbours in the cast differ in
value as well as hue and can still be told apart at night.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from previz.direct.lexicon import word_set
from previz.model import RGB, Wardrobe

__all__ = ["wardrobe"]


@dataclass(frozen=True)
class Outfit:
    """One costume; None leaves a part as the palette has it.

    Attributes:
        top: Shirt, jacket or dress, linear Rec.709 reflectance.
        bottom: Trousers, skirt or stockings.
        coat: Whether the top reaches the knees.
        skirt: Whether a skirt is worn.
        hat: Its colour, if one belongs to the costume.
    """

    top: RGB
    bottom: RGB
    coat: bool = False
    skirt: bool = False
    hat: RGB | None = None


_BLACK: RGB = (0.022, 0.022, 0.025)
_CHARCOAL: RGB = (0.042, 0.043, 0.048)
_NAVY: RGB = (0.024, 0.032, 0.058)
_BROWN: RGB = (0.060, 0.042, 0.030)
_DENIM: RGB = (0.045, 0.070, 0.120)
_WHITE: RGB = (0.56, 0.55, 0.51)

_PALETTE: tuple[Outfit, ...] = (
    Outfit((0.066, 0.094, 0.110), _CHARCOAL),
    Outfit((0.400, 0.385, 0.350), _BROWN),
    Outfit((0.165, 0.075, 0.052), _DENIM),
    Outfit((0.300, 0.345, 0.385), _NAVY),
    Outfit((0.075, 0.105, 0.070), _BROWN),
    Outfit((0.270, 0.215, 0.070), _CHARCOAL),
    Outfit((0.105, 0.040, 0.046), _CHARCOAL),
    Outfit((0.240, 0.270, 0.210), _DENIM),
    Outfit((0.080, 0.080, 0.115), (0.110, 0.105, 0.100)),
    Outfit((0.470, 0.450, 0.410), _DENIM),
    Outfit((0.115, 0.135, 0.165), _NAVY),
    Outfit((0.130, 0.080, 0.115), _BROWN),
)
"""Worn one after the other; neighbours differ in warmth and in value."""

_SUITS: tuple[Outfit, ...] = (
    Outfit(_CHARCOAL, _CHARCOAL),
    Outfit(_NAVY, _NAVY),
    Outfit((0.115, 0.112, 0.108), (0.115, 0.112, 0.108)),
    Outfit((0.095, 0.070, 0.050), (0.095, 0.070, 0.050)),
)

_TOLD: tuple[tuple[frozenset[str], Outfit], ...] = (
    (word_set("tuxedo tux"), Outfit(_BLACK, _BLACK)),
    (
        word_set("scrubs nurse paramedic"),
        Outfit((0.110, 0.195, 0.220), (0.085, 0.150, 0.170)),
    ),
    (
        word_set("doctor dr surgeon scientist pharmacist"),
        Outfit(_WHITE, (0.09, 0.09, 0.10), coat=True),
    ),
    (
        word_set("police policeman policewoman cop patrolman constable"),
        Outfit(_NAVY, (0.020, 0.024, 0.040), hat=_NAVY),
    ),
    (word_set("guard bouncer doorman"), Outfit((0.030, 0.034, 0.040), _BLACK)),
    (
        word_set("sheriff deputy ranger"),
        Outfit((0.270, 0.205, 0.125), _BROWN, hat=(0.20, 0.145, 0.085)),
    ),
    (
        word_set("soldier soldiers lieutenant corporal"),
        Outfit((0.085, 0.090, 0.050), (0.075, 0.078, 0.045)),
    ),
    (word_set("waitress"), Outfit((0.36, 0.43, 0.40), (0.36, 0.43, 0.40), skirt=True)),
    (
        word_set("waiter bartender barman chef cook baker apron"),
        Outfit(_WHITE, _BLACK),
    ),
    (word_set("priest vicar pastor"), Outfit(_BLACK, _BLACK)),
    (word_set("monk nun"), Outfit((0.045, 0.034, 0.026), _BLACK, coat=True)),
    (
        word_set("overalls coveralls jumpsuit mechanic janitor plumber"),
        Outfit((0.060, 0.090, 0.125), (0.060, 0.090, 0.125)),
    ),
    (word_set("bride"), Outfit((0.62, 0.60, 0.55), (0.55, 0.52, 0.48), skirt=True)),
    (word_set("pajamas pyjamas"), Outfit((0.27, 0.34, 0.40), (0.27, 0.34, 0.40))),
    (word_set("hoodie sweatshirt tracksuit"), Outfit((0.15, 0.15, 0.16), _CHARCOAL)),
    (word_set("leather"), Outfit((0.032, 0.026, 0.023), _DENIM)),
    (word_set("denim cowboy rancher farmer"), Outfit((0.085, 0.125, 0.185), _BROWN)),
)
"""Costumes that a garment or a trade asks for; the first that is named is worn."""

_COLORS: dict[str, RGB] = {
    "red": (0.300, 0.028, 0.026), "crimson": (0.230, 0.014, 0.022),
    "blue": (0.045, 0.090, 0.230), "navy": (0.016, 0.024, 0.070),
    "green": (0.050, 0.130, 0.060), "olive": (0.110, 0.110, 0.050),
    "yellow": (0.480, 0.330, 0.060), "orange": (0.400, 0.140, 0.030),
    "purple": (0.105, 0.038, 0.150), "pink": (0.460, 0.230, 0.260),
    "white": (0.620, 0.610, 0.580), "cream": (0.520, 0.460, 0.360),
    "black": _BLACK, "dark": (0.040, 0.042, 0.050),
    "grey": (0.180, 0.180, 0.180), "gray": (0.180, 0.180, 0.180),
    "brown": (0.100, 0.055, 0.030), "beige": (0.400, 0.330, 0.240),
    "tan": (0.320, 0.220, 0.130), "camel": (0.320, 0.210, 0.115),
    "khaki": (0.270, 0.230, 0.140), "silver": (0.360, 0.360, 0.370),
}  # fmt: skip
_COATS = word_set("coat overcoat trenchcoat trench raincoat parka robe cloak duster")
_DRESSES = word_set("dress gown kimono")
_TAILORED = word_set("suit jacket blazer tuxedo tux")
_SKIRTS = _DRESSES | word_set("skirt")
_CLOTHS = word_set("silk satin velvet lace taffeta crepe wool tweed linen mourning")
"""What somebody is said to be "in" from head to foot."""
_FLOWING = word_set("silk satin velvet lace taffeta crepe")
_HATS = word_set("hat cap fedora beanie helmet hood bonnet bowler stetson")
_TOPS = (
    _COATS
    | _SKIRTS
    | word_set(
        "shirt jacket suit blouse sweater jumper pullover cardigan hoodie vest uniform "
        "pajamas pyjamas scrubs overalls"
    )
)


def wardrobe(
    index: int, *, shift: int, feminine: float, words: frozenset[str], text: str
) -> Wardrobe:
    """Dress somebody.

    Args:
        index: Their place in the cast; neighbours are dressed apart.
        shift: Where in the palette this film begins.
        feminine: 0 to 1.
        words: Lower-case words of the text about them.
        text: That text, lower-case.
    """
    base = _PALETTE[(index + shift) % len(_PALETTE)]
    if "suit" in words:
        base = _SUITS[(index + shift) % len(_SUITS)]
    worn = next((outfit for names, outfit in _TOLD if names & words), base)
    wears_one = feminine > 0.5 and index % 4 == 2 and worn is base
    cloth = _told_color(text, _CLOTHS)
    flows = cloth is not None and feminine > 0.5 and bool(words & _FLOWING)
    skirt = bool(words & _SKIRTS) or worn.skirt or wears_one or flows
    hat = _told_color(text, _HATS) if words & _HATS else worn.hat
    if words & _HATS and hat is None:
        hat = (0.05, 0.04, 0.035)
    gown = flows or bool(words & _DRESSES)
    tailored = bool(words & _TAILORED)
    # A dress, or silk from head to foot, is of one colour.
    whole = cloth or _told_color(text, _DRESSES)
    return Wardrobe(
        top=whole or _told_color(text, _TOPS) or worn.top,
        bottom=whole or worn.bottom,
        coat=worn.coat or bool(words & _COATS),
        skirt=skirt,
        hat=hat,
        top_kind="dress" if gown else "jacket" if tailored else "shirt",
        shirt=_WHITE if tailored else None,
    )


def _told_color(text: str, garments: frozenset[str]) -> RGB | None:
    """Return the colour named one or two words before a garment."""
    words = re.findall(r"\w+", text)
    for index, word in enumerate(words):
        if word in _COLORS and set(words[index + 1 : index + 3]) & garments:
            return _COLORS[word]
    return None
