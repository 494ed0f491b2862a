"""Hands: what is in them, how it gets there, and coming within reach."""

from __future__ import annotations

from typing import Literal

from previz.direct.actions import Event
from previz.direct.floor import apart_m, bearing_deg, step
from previz.direct.lexicon import Kind, word_set
from previz.direct.objects import alike, single
from previz.direct.things import Thing
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import named_place
from previz.model import ActKind, Posture, Vec3

__all__ = [
    "GROUND_WORDS",
    "before_the_eyes",
    "bring",
    "done",
    "held_by",
    "into_hand",
    "lying",
    "meant",
    "out_of_hand",
    "reach_out",
    "step_to",
    "touched",
    "use",
]

_REACH_M = 0.95
_STANDS_OFF_M = 0.5
_READY_S = 0.55
"""From standing still to the touch."""
_AFTER_S = 0.5
_WHOLES = {
    "tape": ("can", "box", "parcel", "package", "envelope"),
    "string": ("parcel", "package", "box"),
    "wrapper": ("parcel", "package", "present"),
    "lid": ("can", "box", "jar", "pot"),
    "cork": ("bottle",),
}
"""What a part is taken to be on, the first that the scene knows."""
_BLADES = ("point", "blade", "tip", "edge")
_ON_TOP = ("lid",)
_HANGS = ("chain", "padlock")
_HANGS_M = 0.95
GROUND_WORDS = word_set("floor ground dirt sand snow grass street pavement")
_PRONOUNS = ("", "it", "them", "one", "this", "that", "both")


def bring(
    troupe: Troupe,
    actor: Actor,
    noun: str,
    frame: int,
    *,
    since: int | None = None,
    by_elbow: bool = False,
) -> Thing | None:
    """Let somebody have a thing in hand, from when they came on or from `frame`.

    Args:
        troupe: The people of the scene.
        actor: Who has it.
        noun: What it is called.
        frame: Now.
        since: From when on; since they came if None.
        by_elbow: Whether it lies on the table that one sits at, if one does.

    Returns:
        The thing; None for a noun that is nothing that hands hold.
    """
    held = held_by(actor, noun)
    if held is not None:
        return held
    known = troupe.things.known(noun)
    if known is not None and not known.holder and known.holds:
        return None
    table = troupe.things.any_surface(actor.position, within_m=0.7)
    if by_elbow and table is not None and actor.posture is Posture.SIT:
        place = troupe.things.on_top(table, actor.position)
        return troupe.things.made(noun, place)
    begin = actor.enter if since is None else since
    thing = known or troupe.things.made(noun, actor.position, since=begin)
    if thing is None:
        return None
    into_hand(troupe, actor, thing, begin)
    return thing


def held_by(actor: Actor, noun: str) -> Thing | None:
    """Return what somebody holds under a name, or anything for "it"; else None."""
    for thing in actor.hands.values():
        if noun in _PRONOUNS or alike(thing.noun, noun):
            return thing
    return None


def into_hand(troupe: Troupe, actor: Actor, thing: Thing, frame: int) -> str:
    """Put a thing into a free hand; with none free, the older thing is put away."""
    hand: Literal["left", "right", "both"] = "right"
    if thing.needs_both_hands:
        hand = "both"
    elif "right" in actor.hands or "both" in actor.hands:
        hand = "left"
    clash = ("left", "right", "both") if hand == "both" else (hand, "both")
    for busy in clash:
        old = actor.hands.pop(busy, None)
        if old is not None and old is not thing:
            old.until = max(frame, max(old.holds, default=0) + 1)
            old.holder = ""
    for other in troupe.actors.values():
        for busy, owned in list(other.hands.items()):
            if owned is thing:
                del other.hands[busy]
    actor.hands[hand] = thing
    thing.until = None
    troupe.things.hold(thing, actor.id, frame, hand)
    return hand


def out_of_hand(actor: Actor, thing: Thing) -> str:
    """Take a thing out of the hand that has it, and return which that was."""
    hand = actor.hand_with(thing)
    actor.hands.pop(hand, None)
    return hand


def lying(troupe: Troupe, actor: Actor, event: Event, noun: str) -> Thing | None:
    """Return the thing where it lies: known, on the set, or laid where it must be."""
    if not noun:
        return None
    things = troupe.things
    known = things.known(noun) or things.found(noun)
    if known is not None:
        return known
    words = event.object.place
    if set(words) & GROUND_WORDS:
        place = troupe.floor.near(
            actor.position, troupe.taken(), distance_m=0.7, line_of_sight=False
        )
        return things.made(noun, place)
    if single(noun) in _ON_TOP:
        return _on_its_whole(troupe, actor, event, noun)
    if single(noun) in _HANGS:
        wall = troupe.floor.reach_m(actor.position, actor.facing_deg)
        off = min(max(wall - 0.06, 0.3), 0.9)
        x, _, z = step(actor.position, actor.facing_deg, off)
        return things.made(noun, (x, _HANGS_M, z))
    piece = things.surface(words, actor.position)
    piece = piece or things.any_surface(actor.position, within_m=5.0)
    if piece is not None:
        return things.made(noun, things.on_top(piece, actor.position))
    place = troupe.floor.near(
        actor.position,
        troupe.taken(),
        distance_m=0.9,
        facing_deg=actor.facing_deg,
        line_of_sight=False,
    )
    return things.made(noun, place)


def _on_its_whole(
    troupe: Troupe, actor: Actor, event: Event, noun: str
) -> Thing | None:
    """Return a lid on what it shuts, which is laid there if nobody has seen it yet."""
    whole = lying(troupe, actor, event, whole_of(troupe, noun))
    if whole is None:
        return None
    lid = troupe.things.made(noun, whole.place)
    if lid is not None:
        x, y, z = whole.place
        high = y + whole.piece.size_m[1] - 0.75 * lid.piece.size_m[1]
        lid.place = (x, round(high, 3), z)
        lid.piece = lid.piece.changed(position_m=lid.place)
    return lid


def whole_of(troupe: Troupe, noun: str) -> str:
    """Return what a part is one of: the tape's can, the box's lid."""
    wholes = _WHOLES.get(single(noun), ())
    seen = [w for w in wholes if troupe.things.known(w) is not None]
    seen += [w for w in wholes if w in troupe.earlier]
    return next(iter((*seen, *wholes)), "")


def meant(troupe: Troupe, event: Event) -> str:
    """Return the noun an event means; what was handled last for "it"."""
    noun = event.object.thing
    if noun in _PRONOUNS:
        last = troupe.things.last
        return last.noun if last is not None else ""
    if noun in _BLADES and event.object.place:
        noun = event.object.place[0]
    part = single(noun) in _WHOLES and single(noun) not in _ON_TOP
    known = troupe.things.known(noun) or troupe.things.found(noun) if part else None
    return whole_of(troupe, noun) if part and known is None else noun


def step_to(troupe: Troupe, actor: Actor, place: Vec3, event: Event, frame: int) -> int:
    """Come within reach of a place, turned to it; return when that is so."""
    far = apart_m(actor.position, place)
    if far <= (_REACH_M if actor.posture is not Posture.STAND else _REACH_M - 0.2):
        return troupe.face(actor, place, frame)
    goal = troupe.floor.near(
        (place[0], 0.0, place[2]),
        troupe.taken(actor.id),
        distance_m=_STANDS_OFF_M,
        facing_deg=bearing_deg(place, actor.position),
        line_of_sight=False,
    )
    return troupe.go(
        actor,
        goal,
        frame,
        pace_m_s=event.pace_m_s,
        facing_deg=bearing_deg(goal, place),
    )


def touched(troupe: Troupe, frame: int) -> int:
    """Return when a hand that gets ready at `frame` touches."""
    return frame + troupe.rate.frames(_READY_S)


def done(troupe: Troupe, contact: int, seconds: float = _AFTER_S) -> int:
    """Return when a hand has come back after its contact."""
    return contact + troupe.rate.frames(seconds)


def reach_out(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Put a hand to what is named where there is no thing to be held."""
    target = troupe.present(event.target)
    name, place = named_place(troupe, event)
    if target is not None:
        name, place = target.id, target.position
    if place is not None and apart_m(place, actor.position) > 0.3:
        frame = step_to(troupe, actor, place, event, frame)
    if not name and event.kind is not Kind.HANDLE:
        return frame + troupe.seconds(event.kind)
    contact = touched(troupe, frame)
    troupe.act(actor, ActKind.REACH, contact, target=name, seconds=0.6)
    return done(troupe, contact, 0.8)


def use(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Handle a thing one has or gets: fold it, light it, wind it."""
    noun = meant(troupe, event)
    thing = held_by(actor, noun) if noun else None
    if thing is None and noun:
        lies = troupe.things.known(noun)
        if lies is None and noun != event.object.thing:
            lies = lying(troupe, actor, event, noun)
        if lies is not None and not lies.holder:
            frame = step_to(troupe, actor, lies.place, event, frame)
            contact = touched(troupe, frame)
            troupe.act(actor, ActKind.REACH, contact, target=lies.id, seconds=1.0)
            return done(troupe, contact, 1.2)
    if thing is None:
        return reach_out(troupe, actor, event, frame)
    troupe.look(actor.id, thing.id, frame)
    if event.verb not in ("turn", "tilt", "unfold", "examine", "inspect"):
        return frame + troupe.seconds(event.kind)
    return before_the_eyes(troupe, actor, thing, frame)


def before_the_eyes(troupe: Troupe, actor: Actor, thing: Thing, frame: int) -> int:
    """Hold a thing up and look at it; return when it has been seen."""
    hand = actor.hand_with(thing)
    contact = touched(troupe, frame)
    troupe.act(actor, ActKind.READ, contact, target=thing.id, hand=hand, seconds=1.8)
    troupe.look(actor.id, thing.id, frame)
    return done(troupe, contact, 1.6)
