"""What the words after a verb make of it: "takes a seat" is no taking."""

from __future__ import annotations

from collections.abc import Callable

from previz.direct.lexicon import BEDS, DETERMINERS, RESTING, SEATS, Kind, word_set
from previz.direct.objects import Object, single

__all__ = ["ASLEEP", "BODY_PARTS", "STEP_BACK", "TO", "refine", "rests_as"]

ASLEEP = ("asleep",)
STEP_BACK = ("stepback",)
"""Words of a step back, which names no place."""
TO = word_set(
    "to toward towards into onto across over past along by at near up down beside "
    "behind"
)
BODY_PARTS = word_set(
    "hand hands head face eye eyes arm arms shoulder shoulders hair mouth lips finger "
    "fingers fist fists knee knees leg legs feet foot chest back wrist cheek cheeks "
    "neck tears brow forehead chin palm elbow stomach"
)
_TOUCHED = word_set(
    "hand hands arm shoulder wrist cheek face hair head knee elbow back chin fingers"
)
_NO_THING = BODY_PARTS | word_set(
    "breath step steps look turn moment time beat way pace attention voice road door "
    "doors bow stairs word notice shower bite interest stand care course aim charge "
    "heart control point position place silence conversation laugh smile song nothing "
    "something everything what stock ten lead corner train bus wall"
)
_IN = word_set("in inside")
_OUT = word_set("out outside away off offscreen offstage")
_ROOMS = word_set(
    "room house apartment flat shop bar cafe café office building kitchen hall stage "
    "place scene car street alley frame home theatre theater"
)
_SIPS = word_set("sip drink gulp swig swallow")
_RINGING = word_set("phone telephone call mobile receiver cellphone cell")
_GIVEN = {
    "nod": Kind.NOD, "shrug": Kind.SHRUG, "wave": Kind.WAVE, "hug": Kind.EMBRACE,
    "kiss": Kind.EMBRACE, "look": Kind.LOOK, "glance": Kind.LOOK, "smile": Kind.FEEL,
    "grin": Kind.FEEL, "push": Kind.PUSH, "shove": Kind.PUSH, "pat": Kind.TOUCH,
    "laugh": Kind.FEEL,
}  # fmt: skip
_SLEEPS = word_set("asleep sleep doze nap snooze slumber")
_LEAVES = word_set("door doors gate window drawer fridge cupboard lid boot trunk hatch")
Refined = tuple[Kind | None, list[str]]


def refine(
    kind: Kind, verb: str, tail: list[str], thing: Object, *, target: str
) -> Refined:
    """Settle what a verb means by its particles and its object.

    Args:
        kind: What the verb alone means.
        verb: Its plain form.
        tail: The words after it.
        thing: The same, cut into object and places.
        target: Id of the person it is done to, or empty.

    Returns:
        The kind, None for no event; and the words that may name a place.
    """
    if verb in RESTING:
        return rests_as(verb, tail)
    rule = _RULES.get(kind)
    return rule(verb, tail, thing, target) if rule is not None else (kind, tail)


def _head_is(tail: list[str], *words: str) -> bool:
    return bool(tail) and tail[0] in words


def _taking(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    head = tail[:3]
    if verb == "take" and "seat" in head:
        return Kind.SIT, tail[tail.index("seat") + 1 :]
    if verb == "take" and single(o.thing) in _SIPS:
        return Kind.DRINK, tail
    if o.thing in _TOUCHED and verb in ("take", "grab", "seize", "grasp", "lift"):
        return (Kind.TOUCH, tail) if verb != "lift" else (None, tail)
    if verb == "draw" and not o.source and o.thing not in ("gun", "pistol", "sword"):
        return (Kind.CLOSE, tail) if "curtains" in tail else (None, tail)
    if single(o.thing) in _NO_THING or not (o.thing or target) or tail[:1] == ["off"]:
        return None, tail
    if single(o.thing) in _RINGING and verb in ("pick", "grab", "lift"):
        return Kind.PHONE, tail
    return Kind.PICK_UP, tail


def _putting(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if verb == "slide" and not (o.thing and o.place):
        return (Kind.SIT if set(o.place) & SEATS else None), tail
    if o.thing in ("head", "face") and "hands" in tail:
        return Kind.DESPAIR, tail
    if o.thing in ("hand", "hands", "arm", "palm") or (verb == "slap" and target):
        return Kind.TOUCH, tail
    if o.thing in ("arms",):
        return Kind.EMBRACE, tail
    if verb == "slam" and single(o.thing) in _LEAVES:
        return Kind.CLOSE, tail
    if o.thing in ("point", "blade", "tip", "edge") and o.place:
        return Kind.HANDLE, tail
    if verb == "set" and _head_is(tail, "off", "out", "about"):
        return None, tail
    gone = _head_is(tail, "on", "off", "out") and not o.place
    return (None if gone or single(o.thing) in BODY_PARTS else Kind.PUT_DOWN), tail


def _giving(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    noun = single(o.thing)
    if verb == "give" and noun in _GIVEN:
        return _GIVEN[noun], tail
    if noun in _NO_THING or not o.thing or _head_is(tail, "up", "in", "out"):
        return None, tail
    return Kind.HAND_OVER, tail


def _offering(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if o.thing in ("hand", "arm"):
        return (Kind.SHAKE_HANDS if target else None), tail
    return (Kind.OFFER if o.thing else None), tail


def _holding(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if verb == "hold" and single(o.thing) in _LEAVES:
        return Kind.OPEN, tail
    if o.thing in _TOUCHED and target:
        return Kind.TOUCH, tail
    if verb == "hold" and _head_is(tail, "on", "back", "still"):
        return None, tail
    if verb == "hold" and target and not o.thing:
        return Kind.EMBRACE, tail
    if single(o.thing) in _NO_THING or not o.thing:
        return None, tail
    if verb == "hold" and "out" in tail:
        return Kind.OFFER, tail
    return Kind.CARRY, tail


def _handling(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    noun = single(o.thing)
    if verb == "shake":
        if o.thing in ("hands", "hand"):
            return Kind.SHAKE_HANDS, tail
        if o.thing in ("head", "heads"):
            return Kind.SHAKE_HEAD, tail
    if verb == "pull":
        if noun in _LEAVES and ("open" in tail or "out" in tail or noun == "drawer"):
            return Kind.OPEN, tail
        if _head_is(tail, "out") and o.thing and noun not in SEATS:
            return Kind.PICK_UP, tail
        if noun in SEATS:
            return Kind.PUSH, tail
        if o.source and o.thing:
            return Kind.PICK_UP, tail
    if verb == "reach":
        words = o.after("for", "to", "into", "across", "toward", "towards")
        return (Kind.HANDLE if words or target else None), tail
    if verb == "fish" and not o.source:
        return None, tail
    if noun in _NO_THING or not o.thing:
        return None, tail
    return (Kind.PICK_UP if verb == "fish" else Kind.HANDLE), tail


def _dropping(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if verb in ("let", "release") and not {"go", "fall", "drop"} & set(tail):
        return None, tail
    if "knees" in tail or o.thing == "knee":
        return Kind.CROUCH, tail
    if not o.thing and set(o.after("into", "onto", "on")) & SEATS:
        return Kind.SIT, tail
    if not o.thing or single(o.thing) in _NO_THING:
        return None, tail
    lands = o.after("in", "into", "on", "onto")
    floor = {"floor", "ground"} & set(lands)
    return (Kind.PUT_DOWN if lands and not floor else Kind.DROP), tail


def _throwing(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if o.thing in ("arms", "arm"):
        return Kind.EMBRACE, tail
    if single(o.thing) in _LEAVES:
        return Kind.OPEN, tail
    if single(o.thing) in _NO_THING or not o.thing:
        return None, tail
    return Kind.THROW, tail


def _opening(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if single(o.thing) in ("eye", "mouth", "lip", "hand", "arm", "fist") or not o.thing:
        return None, tail
    leaf = single(o.thing) in _LEAVES or verb in ("lock", "unlock")
    kind = Kind.OPEN if verb in ("open", "unlock") else Kind.CLOSE
    return (kind if leaf else Kind.HANDLE), tail


def _phoning(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if verb == "answer" and single(o.thing) == "door":
        return Kind.OPEN, tail
    if verb == "answer" and single(o.thing) not in _RINGING:
        return None, tail
    return Kind.PHONE, tail


def _pointing(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    return (Kind.POINT if o.place or target or o.thing else None), tail


def _touching(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    return (Kind.TOUCH if o.thing or target else None), tail


def _waving(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    thing = o.thing and o.thing not in ("hand", "hands", "arm", "arms")
    return (Kind.HANDLE if thing else Kind.WAVE), tail


def _lining(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    return (Kind.LINE_UP if _head_is(tail, "up", "along", "against") else None), tail


def _turning(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if tail[:1] and tail[0] in ("on", "off", "down", "up", "over"):
        return Kind.HANDLE, tail
    return Kind.TURN, tail


def _pushing(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if _head_is(tail, "through", "past", "into", "in"):
        return Kind.CROSS, tail[1:]
    if single(o.thing) in ("door", "doors", "gate"):
        return Kind.OPEN, tail
    return (Kind.PUSH if o.thing or target else None), tail


def _leaving(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    named = verb == "leave" and tail[:1] and tail[0] in DETERMINERS
    if not named or set(tail) & _ROOMS:
        return Kind.EXIT, tail
    left = single(o.thing) in SEATS | {"window", "door"}
    return (Kind.CROSS, []) if left else (Kind.PUT_DOWN, tail)


def _getting(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    if verb != "get" or _head_is(tail, "up") or "feet" in tail:
        return Kind.STAND, tail
    if _head_is(tail, "out", "away"):
        return Kind.EXIT, tail[1:]
    taken = o.thing and not o.places and single(o.thing) not in _NO_THING
    return (Kind.PICK_UP if taken else None), tail


def _looking(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    return (Kind.TURN if verb == "face" and not target else Kind.LOOK), tail


def _moving(verb: str, tail: list[str], o: Object, target: str) -> Refined:
    head = tail[:3]
    if verb == "step" and "step" in head:
        return None, tail
    if tail == ["back"] and not target:
        return Kind.CROSS, list(STEP_BACK)
    if "side" in head or head[:1] == ["together"]:
        return Kind.CROSS, []
    if verb == "climb" and "feet" in tail:
        return Kind.STAND, tail
    if (
        set(tail[:1]) & _IN
        or (tail[:1] == ["into"] and set(tail) & _ROOMS)
        or (verb == "come" and set(head) & {"in", "through", "into"})
    ):
        return Kind.ENTER, tail[1:]
    if set(tail[:2]) & _OUT:
        return Kind.EXIT, tail[1:]
    if tail[:1] and tail[0] in ("up", "over", "back") and len(tail) > 1:
        tail = tail[1:]
    if target:
        follows = tail[:1] in (["after"], ["behind"])
        return (Kind.FOLLOW if follows else Kind.APPROACH), tail
    if tail and (tail[0] in TO or tail[0] in ("for", "in", "around", "through", "on")):
        return Kind.CROSS, tail[1:]
    return (Kind.CROSS, tail) if not tail or tail[0].endswith("ly") else (None, tail)


_RULES: dict[Kind, Callable[[str, list[str], Object, str], Refined]] = {
    Kind.PICK_UP: _taking,
    Kind.PUT_DOWN: _putting,
    Kind.HAND_OVER: _giving,
    Kind.OFFER: _offering,
    Kind.CARRY: _holding,
    Kind.HANDLE: _handling,
    Kind.DROP: _dropping,
    Kind.THROW: _throwing,
    Kind.OPEN: _opening,
    Kind.CLOSE: _opening,
    Kind.PHONE: _phoning,
    Kind.POINT: _pointing,
    Kind.TOUCH: _touching,
    Kind.WAVE: _waving,
    Kind.LINE_UP: _lining,
    Kind.TURN: _turning,
    Kind.PUSH: _pushing,
    Kind.EXIT: _leaving,
    Kind.STAND: _getting,
    Kind.LOOK: _looking,
    Kind.MOVE: _moving,
}


def rests_as(verb: str, tail: list[str]) -> Refined:
    """Settle whether who rests sits or lies: by the first thing that is named."""
    for word in tail:
        if word in BEDS:
            return Kind.LIE, tail
        if word in SEATS:
            return Kind.SIT, tail
    return (Kind.LIE, list(ASLEEP)) if verb in _SLEEPS else (None, tail)
