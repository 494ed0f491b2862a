"""Moves in words, as they are called out on a set, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from previz.camera.moves import EASES, UNKNOWN_FOCUS_M
from previz.errors import PrevizError, UnknownNameError
from previz.model import LAST_FRAME, MOVE_UNITS, CameraMove, Move, Rate

__all__ = ["parse_moves", "words_of"]

# A move's directions: the word for a positive amount first, then for a negative one.
_WAYS: dict[Move, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Move.PAN: (("left",), ("right",)),
    Move.WHIP_PAN: (("left",), ("right",)),
    Move.TILT: (("up",), ("down",)),
    Move.ROLL: (("clockwise",), ("counter-clockwise",)),
    Move.TRUCK: (("right",), ("left",)),
    Move.DOLLY: (("forward", "in"), ("back", "out")),
    Move.PEDESTAL: (("up",), ("down",)),
    Move.CRANE: (("up",), ("down",)),
    Move.ARC: (("counter-clockwise", "right"), ("clockwise", "left")),
    Move.ORBIT: (("counter-clockwise", "right"), ("clockwise", "left")),
    Move.DOLLY_ZOOM: (("in", "forward"), ("out", "back")),
}
_TO = (Move.ZOOM, Move.RACK_FOCUS)
_UNIT_WORDS = {
    "deg": ("deg", "°", "degrees", "degree"),
    "m": ("m", "metres", "metre", "meters", "meter"),
    "mm": ("mm",),
}
_SCALED = {"cm": ("m", 0.01), "ft": ("m", 0.3048), "feet": ("m", 0.3048)}
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
_NAMES = sorted((str(kind) for kind in MOVE_UNITS), key=len, reverse=True)
_HEAD = re.compile(rf"(?P<kind>{'|'.join(_NAMES)})\b\s*(?P<rest>.*)", re.DOTALL)
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>[a-z°]+)")
_OVER = re.compile(rf"over (?P<number>{_NUMBER})\s*(?P<unit>s|sec|seconds|frames?)")
_EASE = re.compile(r"ease (?P<way>in and out|in|out|none)")
_SHARE = re.compile(rf"ease (?P<way>in|out) (?P<number>{_NUMBER})\s*%")
_START = re.compile(r"from frame (?P<frame>\d+)")
_SUBJECT = re.compile(r"on (?P<subject>[a-z0-9][a-z0-9_.-]*)")


@dataclass(frozen=True)
class _Said:
    """What the clauses after a move's amount say."""

    length: int | None = None
    start: int | None = None
    ease_in: float = EASES["in and out"][0]
    ease_out: float = EASES["in and out"][1]
    subject: str = ""


def parse_moves(text: str, *, rate: Rate) -> tuple[CameraMove, ...]:
    """Read moves such as "push in 1.2 m over 3 s, ease out; then pan left 20 deg".

    Moves are set apart by semicolons. After "then" a move begins when the one before
    ends; otherwise, or after "and", it begins with it. Each is a kind, a direction
    where it has two, an amount with its unit ("to 70 mm" for a zoom, "to 2 m" for a
    rack focus), and any of: "over 3 s" (or frames), "ease in", "ease out", "ease in
    and out", "ease none", "ease in 20 %", "from frame 48", "on ann". Without a time
    it lasts until the shot ends.

    Args:
        text: English, in any case.
        rate: Of the film, for seconds.

    Raises:
        PrevizError: If a part cannot be read; the message quotes it.
    """
    moves: list[CameraMove] = []
    for part in text.lower().split(";"):
        phrase = " ".join(part.split()).removesuffix(".")
        if not phrase or phrase == "static":
            continue
        then = phrase.startswith("then ")
        phrase = phrase.removeprefix("then ").removeprefix("and ")
        moves.append(_move(phrase, rate, _start(moves, phrase, then=then)))
    return tuple(moves)


def _start(moves: list[CameraMove], phrase: str, *, then: bool) -> int:
    if not moves:
        return 0
    before = moves[-1]
    if not then:
        return before.start_frame
    if before.length_frames is None:
        raise _unread(phrase, 'a move after one that ends: say "over 3 s" for that one')
    return before.start_frame + before.length_frames


def _move(phrase: str, rate: Rate, start: int) -> CameraMove:
    head = _HEAD.fullmatch(phrase)
    if head is None:
        first = " ".join(phrase.split()[:2])
        raise UnknownNameError("Camera.moves", first, _NAMES)
    kind = Move(head["kind"])
    # A clause begins at its own word, with a comma or without.
    main, *clauses = re.split(r",? +(?=(?:over|ease|from|on) )|, *", head["rest"])
    subject = ""
    amount = _amount(kind, main, phrase)
    if isinstance(amount, str):
        subject = amount
        amount = UNKNOWN_FOCUS_M
    said = _said(clauses, _Said(subject=subject), rate, phrase)
    return CameraMove(
        kind=kind,
        amount=amount,
        start_frame=start if said.start is None else said.start,
        length_frames=said.length,
        ease_in=said.ease_in,
        ease_out=said.ease_out,
        subject=said.subject,
    )


def _amount(kind: Move, said: str, phrase: str) -> float | str:
    """Return the amount, or, of a rack focus, whom it is to."""
    sign, rest = 1.0, said
    if kind in _TO:
        rest = said.removeprefix("to ")
        if kind is Move.RACK_FOCUS and re.fullmatch(r"[a-z][a-z0-9_.-]*", rest):
            return rest
    for ways, value in zip(_WAYS.get(kind, ((), ())), (1.0, -1.0), strict=True):
        for way in ways:
            if said.startswith(f"{way} "):
                sign, rest = value, said.removeprefix(f"{way} ")
    found = _AMOUNT.fullmatch(rest)
    unit = MOVE_UNITS[kind]
    if found is None:
        raise _unread(phrase, f"{kind} with an amount in {unit}, such as {_such(kind)}")
    number, named = float(found["number"]), found["unit"]
    if named in _SCALED:
        named, scale = _SCALED[named]
        number *= scale
    if named not in _UNIT_WORDS[unit]:
        raise _unread(phrase, f"{kind} in {unit}, such as {_such(kind)}")
    return sign * number


def _said(clauses: list[str], said: _Said, rate: Rate, phrase: str) -> _Said:
    """Return what the clauses say on top of what is known."""
    fields = dict(vars(said))
    for clause in clauses:
        _read(clause, fields, rate, phrase)
    return _Said(**fields)


def _read(
    clause: str, fields: dict[str, float | int | str | None], rate: Rate, phrase: str
) -> None:
    if found := _OVER.fullmatch(clause):
        number = float(found["number"])
        whole = found["unit"].startswith("f")
        length = (
            round(min(number, LAST_FRAME))
            if whole
            else rate.frames(min(number, 86_400.0))
        )
        if length < 1:
            raise _unread(phrase, "a move of at least a frame")
        fields["length"] = length
    elif found := _SHARE.fullmatch(clause):
        share = float(found["number"]) / 100.0
        fields[f"ease_{found['way']}"] = share
    elif found := _EASE.fullmatch(clause):
        fields["ease_in"], fields["ease_out"] = EASES[found["way"]]
    elif found := _START.fullmatch(clause):
        fields["start"] = int(min(float(found["frame"]), LAST_FRAME))
    elif found := _SUBJECT.fullmatch(clause):
        fields["subject"] = found["subject"]
    else:
        raise _unread(
            phrase,
            'clauses such as "over 3 s", "ease out", "from frame 48" and "on ann", '
            f"not {clause[:40]!r}",
        )


def words_of(move: CameraMove, *, rate: Rate) -> str:
    """Return a move in words that `parse_moves` reads back to an equal move.

    Args:
        move: The move.
        rate: Of the film, for seconds.
    """
    unit = MOVE_UNITS[move.kind]
    amount = f"{_number(abs(move.amount))} {unit}"
    if move.kind in _TO:
        words = f"{move.kind} to {amount}"
    elif move.kind in _WAYS:
        way = _WAYS[move.kind][0 if move.amount >= 0 else 1][0]
        words = f"{move.kind} {way} {amount}"
    else:
        words = f"{move.kind} {amount}"
    if move.length_frames is not None:
        words += f" over {_time(move.length_frames, rate)}"
    words += _ease_words(move)
    if move.start_frame:
        words += f", from frame {move.start_frame}"
    return words + (f", on {move.subject}" if move.subject else "")


def _time(frames: int, rate: Rate) -> str:
    for digits in range(2):
        seconds = round(rate.seconds(frames), digits)
        if seconds > 0 and rate.frames(seconds) == frames and frames < 86_400:
            return f"{seconds:g} s"
    return f"{frames} frames"


def _ease_words(move: CameraMove) -> str:
    eased = (move.ease_in, move.ease_out)
    if eased == EASES["in and out"]:
        return ""
    for word, shares in EASES.items():
        if eased == shares:
            return f", ease {word}"
    begin, end = (_number(share * 100.0) for share in eased)
    return f", ease in {begin} %, ease out {end} %"


def _number(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _such(kind: Move) -> str:
    unit = MOVE_UNITS[kind]
    size = {"deg": "20 deg", "m": "1.2 m", "mm": "70 mm"}[unit]
    if kind in _TO:
        return f'"{kind} to {size}"'
    way = f" {_WAYS[kind][0][0]}" if kind in _WAYS else ""
    return f'"{kind}{way} {size}"'


def _unread(phrase: str, rule: str) -> PrevizError:
    shown = phrase if len(phrase) <= 80 else phrase[:77] + "…"
    return PrevizError(
        f"Camera.moves must be {rule}, got {shown!r}. Write moves like "
        '"push in 1.2 m over 3 s, ease out; then pan left 20 deg over 1 s".'
    )
