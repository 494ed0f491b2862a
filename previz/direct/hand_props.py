"""Things that hands take, by the noun an action names them with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from previz.model import RGB, Matter, SetPiece, Vec3

__all__ = ["HAND_PROPS", "hand_prop"]

BROWN: RGB = (0.16, 0.085, 0.045)
CHINA: RGB = (0.62, 0.6, 0.55)
DARK: RGB = (0.04, 0.04, 0.045)
STEEL: RGB = (0.5, 0.51, 0.53)
PAPER: RGB = (0.66, 0.64, 0.57)
CLEAR: RGB = (0.5, 0.56, 0.56)
GOLD: RGB = (0.55, 0.42, 0.2)


@dataclass(frozen=True)
class _Thing:
    kind: str
    size: Vec3
    matter: Matter
    colors: tuple[RGB, ...]
    accent: RGB = (0.12, 0.12, 0.12)


CUP = _Thing(
    "cup", (0.115, 0.07, 0.09), Matter.TILE, (CHINA, (0.5, 0.3, 0.24), (0.2, 0.3, 0.36))
)
MUG = _Thing(
    "mug",
    (0.12, 0.095, 0.085),
    Matter.TILE,
    ((0.12, 0.2, 0.32), (0.45, 0.1, 0.07), CHINA),
)
TUMBLER = _Thing("glass", (0.078, 0.11, 0.078), Matter.GLASS, (CLEAR,))
WINE_GLASS = _Thing("glass", (0.085, 0.2, 0.085), Matter.GLASS, (CLEAR,))
BOTTLE = _Thing(
    "bottle",
    (0.078, 0.3, 0.078),
    Matter.GLASS,
    ((0.05, 0.13, 0.06), (0.32, 0.14, 0.03), (0.1, 0.04, 0.03)),
)
VASE = _Thing(
    "vase",
    (0.17, 0.3, 0.17),
    Matter.TILE,
    ((0.14, 0.24, 0.42), (0.5, 0.46, 0.38), (0.12, 0.3, 0.24)),
    GOLD,
)
PLATE = _Thing("plate", (0.26, 0.028, 0.26), Matter.TILE, (CHINA,))
LETTER = _Thing("letter", (0.21, 0.001, 0.297), Matter.PAPER, (PAPER,))
ENVELOPE = _Thing("letter", (0.11, 0.003, 0.22), Matter.PAPER, ((0.6, 0.56, 0.46),))
CARD = _Thing("letter", (0.09, 0.001, 0.055), Matter.PAPER, (PAPER,))
PHOTO = _Thing(
    "photo", (0.13, 0.001, 0.18), Matter.PAPER, ((0.7, 0.69, 0.65),), (0.25, 0.24, 0.22)
)
BOOK = _Thing(
    "book",
    (0.14, 0.028, 0.21),
    Matter.CLOTH,
    ((0.33, 0.09, 0.07), (0.08, 0.15, 0.24), (0.11, 0.2, 0.13)),
    GOLD,
)
NOTEBOOK = _Thing("book", (0.1, 0.014, 0.15), Matter.LEATHER, (DARK, BROWN))
FILE = _Thing(
    "book", (0.23, 0.012, 0.31), Matter.PAPER, ((0.45, 0.34, 0.18), (0.12, 0.2, 0.32))
)
NEWSPAPER = _Thing("newspaper", (0.3, 0.012, 0.38), Matter.PAPER, ((0.55, 0.53, 0.48),))
MOBILE = _Thing("mobile", (0.072, 0.009, 0.15), Matter.PLASTIC, (DARK,))
PISTOL = _Thing(
    "pistol",
    (0.14, 0.03, 0.19),
    Matter.METAL,
    ((0.06, 0.06, 0.065),),
    (0.09, 0.045, 0.025),
)
BAG = _Thing(
    "bag",
    (0.36, 0.4, 0.15),
    Matter.LEATHER,
    (BROWN, (0.3, 0.05, 0.05), DARK),
    (0.08, 0.045, 0.03),
)
SUITCASE = _Thing(
    "suitcase", (0.62, 0.46, 0.19), Matter.LEATHER, (BROWN, (0.1, 0.14, 0.12))
)
BRIEFCASE = _Thing(
    "suitcase", (0.44, 0.34, 0.11), Matter.LEATHER, ((0.05, 0.035, 0.03), BROWN)
)
BOX = _Thing("box", (0.36, 0.26, 0.28), Matter.PAPER, ((0.36, 0.23, 0.12),))
PARCEL = _Thing("box", (0.24, 0.12, 0.18), Matter.PAPER, ((0.4, 0.27, 0.15),))
TRAY = _Thing(
    "tray", (0.46, 0.045, 0.32), Matter.WOOD, ((0.2, 0.11, 0.05), STEEL), GOLD
)
UMBRELLA = _Thing(
    "umbrella",
    (0.09, 0.075, 0.88),
    Matter.CLOTH,
    (DARK, (0.3, 0.05, 0.05), (0.06, 0.1, 0.2)),
    BROWN,
)
KEYS = _Thing("keys", (0.07, 0.008, 0.09), Matter.METAL, (GOLD, STEEL))
TORCH = _Thing(
    "torch", (0.055, 0.055, 0.22), Matter.PLASTIC, (DARK, (0.45, 0.32, 0.03))
)
LANTERN = _Thing(
    "lantern", (0.15, 0.34, 0.15), Matter.METAL, ((0.1, 0.08, 0.05), (0.3, 0.05, 0.03))
)
LAMP = _Thing("table-lamp", (0.24, 0.38, 0.24), Matter.TILE, ((0.1, 0.2, 0.2), BROWN))
BALL = _Thing(
    "ball",
    (0.22, 0.22, 0.22),
    Matter.LEATHER,
    ((0.5, 0.1, 0.06), (0.1, 0.2, 0.45), PAPER),
    DARK,
)
KNIFE = _Thing("knife", (0.03, 0.018, 0.32), Matter.PLASTIC, (DARK, BROWN))
FLOWERS = _Thing(
    "flowers",
    (0.26, 0.46, 0.26),
    Matter.FOLIAGE,
    ((0.55, 0.06, 0.06), (0.6, 0.5, 0.1), (0.55, 0.25, 0.4)),
    (0.6, 0.55, 0.45),
)
CHAIR = _Thing(
    "chair",
    (0.42, 0.86, 0.44),
    Matter.WOOD,
    ((0.24, 0.13, 0.06), (0.4, 0.3, 0.18)),
    (0.12, 0.07, 0.04),
)
PEN = _Thing("pen", (0.011, 0.011, 0.145), Matter.PLASTIC, ((0.03, 0.05, 0.16), DARK))
FILM_CAN = _Thing("film-can", (0.3, 0.055, 0.3), Matter.METAL, ((0.42, 0.43, 0.44),))
LID = _Thing("film-can", (0.306, 0.02, 0.306), Matter.METAL, ((0.42, 0.43, 0.44),))
FILM_STRIP = _Thing(
    "film-strip",
    (0.035, 0.001, 0.6),
    Matter.PLASTIC,
    ((0.03, 0.02, 0.018),),
    (0.42, 0.36, 0.28),
)
CHAIN = _Thing("chain", (0.5, 0.45, 0.034), Matter.METAL, ((0.2, 0.075, 0.035),))
BIN = _Thing("bin", (0.36, 0.6, 0.36), Matter.METAL, ((0.14, 0.15, 0.16),))
REEL = _Thing("film-reel", (0.36, 0.09, 0.36), Matter.METAL, (STEEL,))
RIFLE = _Thing("rifle", (0.17, 0.05, 1.05), Matter.METAL, (DARK,), BROWN)
POSTER = _Thing("letter", (0.3, 0.001, 0.42), Matter.PAPER, ((0.55, 0.47, 0.32),))
CANTEEN = _Thing("bottle", (0.12, 0.22, 0.12), Matter.METAL, ((0.2, 0.21, 0.16),))
GLOVE = _Thing("glove", (0.13, 0.03, 0.24), Matter.LEATHER, (BROWN,), DARK)
RECEIVER = _Thing("receiver", (0.05, 0.06, 0.22), Matter.PLASTIC, (DARK,))
LAPTOP = _Thing("laptop", (0.34, 0.25, 0.24), Matter.PLASTIC, ((0.3, 0.3, 0.31),))

HAND_PROPS: dict[str, _Thing] = {
    "cup": CUP, "teacup": CUP, "tea": CUP, "coffee": MUG, "mug": MUG, "cocoa": MUG,
    "glass": TUMBLER, "tumbler": TUMBLER, "drink": TUMBLER, "whiskey": TUMBLER,
    "whisky": TUMBLER, "water": TUMBLER, "wine": WINE_GLASS, "champagne": WINE_GLASS,
    "goblet": WINE_GLASS, "bottle": BOTTLE, "beer": BOTTLE, "flask": BOTTLE,
    "vase": VASE, "urn": VASE, "jug": VASE, "pot": VASE,
    "plate": PLATE, "dish": PLATE, "bowl": PLATE,
    "letter": LETTER, "note": LETTER, "paper": LETTER, "papers": LETTER, "page": LETTER,
    "document": LETTER, "map": LETTER, "contract": LETTER, "telegram": LETTER,
    "envelope": ENVELOPE, "ticket": CARD, "card": CARD, "badge": CARD, "money": CARD,
    "passport": NOTEBOOK, "wallet": NOTEBOOK,
    "photo": PHOTO, "photograph": PHOTO, "snapshot": PHOTO, "postcard": PHOTO,
    "book": BOOK, "novel": BOOK, "bible": BOOK, "diary": NOTEBOOK, "notebook": NOTEBOOK,
    "script": FILE, "file": FILE, "folder": FILE, "dossier": FILE, "clipboard": FILE,
    "newspaper": NEWSPAPER, "paperback": BOOK, "magazine": NEWSPAPER,
    "phone": MOBILE, "cellphone": MOBILE, "smartphone": MOBILE, "mobile": MOBILE,
    "gun": PISTOL, "pistol": PISTOL, "revolver": PISTOL, "handgun": PISTOL,
    "bag": BAG, "handbag": BAG, "purse": BAG, "backpack": BAG, "satchel": BAG,
    "suitcase": SUITCASE, "case": SUITCASE, "luggage": SUITCASE, "valise": SUITCASE,
    "briefcase": BRIEFCASE, "box": BOX, "carton": BOX, "crate": BOX, "parcel": PARCEL,
    "package": PARCEL, "present": PARCEL, "gift": PARCEL, "tray": TRAY,
    "umbrella": UMBRELLA, "parasol": UMBRELLA, "cane": UMBRELLA,
    "keys": KEYS, "key": KEYS, "torch": TORCH, "flashlight": TORCH, "lantern": LANTERN,
    "lamp": LAMP, "ball": BALL, "football": BALL, "knife": KNIFE, "dagger": KNIFE,
    "flowers": FLOWERS, "bouquet": FLOWERS, "roses": FLOWERS, "chair": CHAIR,
    "reel": REEL, "can": FILM_CAN, "canister": FILM_CAN, "lid": LID,
    "strip": FILM_STRIP, "film": FILM_STRIP, "negative": FILM_STRIP, "pen": PEN,
    "pencil": PEN, "chain": CHAIN, "bin": BIN, "laptop": LAPTOP,
    "rifle": RIFLE, "shotgun": RIFLE, "carbine": RIFLE, "musket": RIFLE,
    "poster": POSTER, "canteen": CANTEEN, "waterskin": CANTEEN, "glove": GLOVE,
    "gauntlet": GLOVE, "receiver": RECEIVER, "handset": RECEIVER, "saddlebag": BAG,
}  # fmt: skip
"""What to build for a noun."""


def hand_prop(noun: str, *, id: str, seed: int) -> SetPiece | None:
    """Return the thing that a noun means as a piece for a prop, or None.

    Args:
        noun: One word of an action, singular or plural, in any case.
        id: The piece's id.
        seed: Chooses among the colours that such a thing comes in.
    """
    word = noun.strip().lower()
    thing = HAND_PROPS.get(word) or HAND_PROPS.get(word.removesuffix("s"))
    if thing is None:
        return None
    rng = np.random.default_rng(seed)
    return SetPiece(
        id=id,
        kind=thing.kind,
        size_m=thing.size,
        color=thing.colors[int(rng.integers(len(thing.colors)))],
        accent=thing.accent,
        matter=thing.matter,
        seed=seed,
    )
