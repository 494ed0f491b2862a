"""Write a synthetic feature in Fountain: plausible, of a given length, from a seed.

For measurements only. It has the texture that costs time in a real one: some forty
speaking parts, returning places, entrances and exits, crossings, sitting and
standing, long and short speeches, the odd dual dialogue, note and scene number.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from previz.script.layout import (
    ACTION_COLUMNS,
    DIALOGUE_COLUMNS,
    LINES_A_PAGE,
    wrapped_lines,
)

__all__ = ["write_feature"]


_NAMES = (
    "ANNA",
    "BRUNO",
    "CARLA",
    "DIEGO",
    "ESTHER",
    "FELIX",
    "GRETA",
    "HUGO",
    "INES",
    "JONAS",
    "KARIM",
    "LENA",
    "MILO",
    "NADIA",
    "OSCAR",
    "PETRA",
    "QUINN",
    "ROSA",
    "SIMON",
    "TESSA",
    "URSULA",
    "VICTOR",
    "WANDA",
    "XAVIER",
    "YARA",
    "ZENO",
)
_EXTRAS = ("WAITER", "NURSE", "DRIVER", "GUARD", "BOY", "OLD WOMAN", "COP #1", "COP #2")
_PLACES = (
    ("INT.", "KITCHEN"),
    ("INT.", "ANNA'S APARTMENT - LIVING ROOM"),
    ("INT.", "BEDROOM"),
    ("INT.", "OFFICE"),
    ("INT.", "HOTEL CORRIDOR"),
    ("INT.", "STAIRWELL"),
    ("INT.", "BAR"),
    ("INT.", "CAFÉ"),
    ("INT.", "POLICE STATION - INTERVIEW ROOM"),
    ("EXT.", "STREET"),
    ("EXT.", "ALLEY"),
    ("EXT.", "CITY PARK"),
    ("EXT.", "FOREST"),
    ("EXT.", "ROOFTOP"),
    ("INT./EXT.", "CAR"),
    ("EXT.", "HARBOUR"),
)
_TIMES = ("DAY", "NIGHT", "DAWN", "DUSK", "CONTINUOUS", "LATER", "MORNING", "EVENING")
_MOVES = (
    "{a} enters and stops in the doorway.",
    "{a} crosses to the {thing}. {b} does not look up.",
    "{a} sits down opposite {b}.",
    "{a} stands. The chair falls over behind {a}.",
    "{a} turns to {b}.",
    "{a} picks up the {prop} and weighs it in one hand.",
    "{a} puts the {prop} on the table, next to {b}.",
    "{a} walks to the {thing} and looks out.",
    "{b} exits without a word. {a} listens to the steps.",
    "{a} leans against the {thing}, arms folded.",
    "{a} takes the {prop} from {b} and crosses to the {thing}.",
    "{b} sits. {a} stays by the {thing}.",
)
_COLOUR = (
    "Rain runs down the glass.",
    "Somewhere a telephone rings and stops.",
    "The light goes out and comes back.",
    "Dust hangs in the last of the sun.",
    "Nobody moves.",
    "A clock that is ten minutes slow.",
    "Through the wall, a piano: the same four bars.",
)
_THINGS = ("window", "door", "table", "counter", "bench", "railing", "wall")
_PROPS = ("key", "letter", "photograph", "glass", "suitcase", "phone", "knife", "coat")
_OPENINGS = (
    "You said you would be there.",
    "I counted it twice.",
    "Nobody asked you to come back.",
    "It was never about the money.",
    "Tell me where you found it.",
    "He left at nine, the same as always.",
    "Don't touch that.",
    "I know what I saw from the window.",
)
_MORE = (
    "And when I turned round the door was open and the lamp was still warm.",
    "You can ask anyone on this street.",
    "If she had told me then, I would have driven all night.",
    "There are two of them, and only one fits the lock.",
    "So we waited.",
    "Eleven years, and not a single letter.",
    "I am not going to say it again.",
)
_REPLIES = ("No.", "Since when?", "Yes.", "And then?", "I know.", "Say that again.")
_MANNERS = ("quietly", "without turning", "beat", "smiling", "to the floor")


def write_feature(pages: int, *, seed: int) -> str:
    """Write a feature of about `pages` pages.

    Pages are counted by the rule of `previz.script.layout`, within 4 % at 120 pages.

    Args:
        pages: Length, at least 1.
        seed: The same seed gives the same text.
    """
    random = np.random.default_rng([seed, pages])
    blocks = [
        f"Title: A Feature of {pages} Pages\nCredit: Written by\n"
        "Author: The previz developers\nDraft date: 2026",
        "FADE IN:",
    ]
    printed = 1
    number = 0
    while printed < pages * LINES_A_PAGE:
        number += 1
        for block, lines in _scene(random, number):
            blocks.append(block)
            printed += lines + 1
            if printed >= pages * LINES_A_PAGE:
                break
    blocks.append("FADE OUT.")
    return "\n\n".join(blocks) + "\n"


def _scene(random: np.random.Generator, number: int) -> Iterator[tuple[str, int]]:
    """Yield the blocks of one scene, each with its printed lines."""
    setting, place = _PLACES[random.integers(len(_PLACES))]
    time = _TIMES[random.integers(len(_TIMES))]
    yield f"{setting} {place} - {time} #{number}#", 2
    cast = [_NAMES[i] for i in random.choice(len(_NAMES), size=2, replace=False)]
    if random.random() < 0.4:
        cast.append(_EXTRAS[random.integers(len(_EXTRAS))])
    yield _printed(_action(random, cast))
    for turn in range(int(random.integers(4, 22))):
        if random.random() < 0.3:
            yield _printed(_action(random, cast))
        else:
            yield _speech(random, cast, turn)


def _printed(text: str) -> tuple[str, int]:
    return text, wrapped_lines(text, ACTION_COLUMNS)


def _action(random: np.random.Generator, cast: list[str]) -> str:
    pair = random.choice(len(cast), size=2, replace=False)
    a, b = (cast[i].title() for i in pair)
    move = _MOVES[random.integers(len(_MOVES))].format(
        a=a,
        b=b,
        thing=_THINGS[random.integers(len(_THINGS))],
        prop=_PROPS[random.integers(len(_PROPS))],
    )
    colour = _COLOUR[random.integers(len(_COLOUR))]
    note = " [[check with props]]" if random.random() < 0.03 else ""
    return (f"{colour} {move}" if random.random() < 0.4 else move) + note


def _speech(random: np.random.Generator, cast: list[str], turn: int) -> tuple[str, int]:
    cue = cast[turn % len(cast)] + (" (O.S.)" if random.random() < 0.04 else "")
    said = _OPENINGS[random.integers(len(_OPENINGS))]
    if random.random() < 0.35:
        said = _REPLIES[random.integers(len(_REPLIES))]
    more = random.permutation(len(_MORE))[: random.integers(0, 4)]
    said = " ".join([said, *(_MORE[i] for i in more)])
    lines = 1 + wrapped_lines(said, DIALOGUE_COLUMNS)
    if random.random() < 0.12:
        manner = _MANNERS[random.integers(len(_MANNERS))]
        return f"{cue}\n({manner})\n{said}", lines + 1
    if turn and random.random() < 0.01:
        return f"{cue} ^\n{said}", lines
    return f"{cue}\n{said}", lines
