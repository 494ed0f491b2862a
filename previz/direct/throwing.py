"""Things that leave the hand: dropped, thrown, caught."""

from __future__ import annotations

from dataclasses import replace

from previz.direct.actions import Event
from previz.direct.floor import apart_m, bearing_deg, step
from previz.direct.hands import (
    bring,
    done,
    held_by,
    into_hand,
    meant,
    out_of_hand,
    reach_out,
    touched,
)
from previz.direct.passing import take
from previz.direct.things import Thing
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import named_place
from previz.model import ActKind, Vec3

__all__ = ["drop", "throw"]

_HAND_HEIGHT_M = 1.05
_THROW_M_S = 7.0


def drop(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Let a thing fall."""
    thing = bring(troupe, actor, meant(troupe, event), frame)
    if thing is None:
        return frame + troupe.seconds(event.kind)
    contact = touched(troupe, frame)
    hand = out_of_hand(actor, thing)
    x, _, z = _ahead(actor, 0.35)
    start = (x, _HAND_HEIGHT_M, z)
    lands = troupe.things.fly(thing, start, start, contact, speed=0.0)
    troupe.act(actor, ActKind.PUT_DOWN, contact, hand=hand, seconds=0.1)
    troupe.look(actor.id, thing.id, contact)
    return done(troupe, lands)


def throw(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Throw a thing at what is named, or to somebody who catches it."""
    noun = meant(troupe, event)
    thing = held_by(actor, noun)
    target = troupe.present(event.target)
    caught = target is not None and _is_meant_to_be_caught(event)
    if thing is None and noun:
        lies = troupe.things.known(noun)
        if lies is None and caught:
            thing = bring(troupe, actor, noun, frame)
        elif lies is None or not lies.holder:
            frame = take(troupe, actor, replace(event, target=""), frame)
            thing = held_by(actor, noun)
    if thing is None:
        return reach_out(troupe, actor, event, frame)
    _, place = named_place(troupe, event) if target is None else ("", None)
    if place is None or place == thing.place:
        place = _ahead(actor, 3.0)
    aim = target.position if target is not None else place
    frame = troupe.face(actor, aim, frame)
    if target is not None and caught:
        frame = max(frame, troupe.face(target, actor.position, frame))
        troupe.look(target.id, actor.id, frame)
    release = frame + troupe.rate.frames(0.9)
    hand = out_of_hand(actor, thing)
    x, _, z = _toward(actor, aim, 0.4)
    start = (x, 1.55, z)
    to = target.id if target is not None else ""
    troupe.act(actor, ActKind.THROW, release, target=to, hand=hand, seconds=0.2)
    if target is not None and caught:
        return _catch(troupe, target, thing, start, release)
    through = (aim[0], 1.25 if target is not None else 0.9, aim[2])
    if target is not None:
        troupe.look(target.id, actor.id, max(frame, release - troupe.rate.frames(0.5)))
    lands = troupe.things.fly(thing, start, through, release, speed=_THROW_M_S)
    return done(troupe, lands)


def _is_meant_to_be_caught(event: Event) -> bool:
    """Whether it is thrown to somebody rather than at them."""
    hostile = any(p in ("at", "against") for p, _ in event.object.places)
    return not hostile and event.verb in ("throw", "toss", "lob", "pitch", "chuck")


def _catch(
    troupe: Troupe, target: Actor, thing: Thing, start: Vec3, release: int
) -> int:
    """Let somebody catch what flies to them."""
    through = (target.position[0], 1.2, target.position[2])
    troupe.things.fly(thing, start, through, release, speed=_THROW_M_S)
    flight = apart_m(start, through) / _THROW_M_S
    caught = release + max(2, troupe.rate.frames(flight))
    thing.keys = {f: k for f, k in thing.keys.items() if f < caught}
    hand = into_hand(troupe, target, thing, caught)
    thing.keys.pop(caught - 1, None)
    troupe.act(target, ActKind.RECEIVE, caught, target=thing.id, hand=hand)
    return done(troupe, caught)


def _ahead(actor: Actor, distance_m: float) -> Vec3:
    return step(actor.position, actor.facing_deg, distance_m)


def _toward(actor: Actor, place: Vec3, distance_m: float) -> Vec3:
    bearing = bearing_deg(actor.position, place)
    return step(actor.position, bearing, distance_m)
