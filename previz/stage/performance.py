"""What a character's body does at a frame of the scene, purely."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import Posture, Rate
from previz.stage.attention import EYES_S, HEAD_S, TORSO_S, Aim, attend, share_of
from previz.stage.feet import Foot, foot_at
from previz.stage.gestures import (
    Hand,
    Speech,
    hanging,
    holding,
    speaking_hand,
)
from previz.stage.pose import TURNED, Pose, solve, turn
from previz.stage.skeleton import BONE_INDEX, Skeleton
from previz.stage.timeline import Stay, Timeline

__all__ = ["Performance"]

_SPINE, _CHEST, _NECK, _HEAD, _JAW = (
    TURNED.index(b) for b in ("spine", "chest", "neck", "head", "jaw")
)
_COLLARS = (TURNED.index("clavicle_l"), TURNED.index("clavicle_r"))
_EYES = (BONE_INDEX["eye_l"], BONE_INDEX["eye_r"])
_EYE_YAW, _EYE_PITCH = np.radians(32.0), np.radians(24.0)
_JAW_RAD = np.radians(11.0)


@dataclass(frozen=True)
class Performance:
    """One character's whole scene.

    Attributes:
        skeleton: The body's measures.
        timeline: Where it stands, walks and rests.
        aims: What it looks at, in order of time.
        speeches: What it says, in order.
        rate: Of the scene's frames.
        seed: Varies habits.
    """

    skeleton: Skeleton
    timeline: Timeline
    aims: tuple[Aim, ...]
    speeches: tuple[Speech, ...]
    rate: Rate
    seed: int

    def bones(self, scene_frame: int) -> NDArray[np.float64]:
        """Return the bones in the world at a frame, shape (b, 4, 4)."""
        seconds = self.rate.seconds(scene_frame)
        pose, yaw = self._body(seconds)
        eye = self._eye(pose)
        self._look(pose, eye, yaw, seconds)
        bones = solve(pose, self.skeleton)
        self._aim_eyes(bones, yaw, seconds)
        return bones

    def speaking(self, scene_frame: int) -> bool:
        """Return whether a speech runs at a frame."""
        seconds = self.rate.seconds(scene_frame)
        return any(s.start_s <= seconds < s.end_s for s in self.speeches)

    def eye_point(self, seconds: float) -> NDArray[np.float64]:
        """Return about where the eyes are, whatever they look at, shape (3,)."""
        pose, _ = self._lower_body(seconds)[:2]
        return self._eye(pose)

    def _eye(self, pose: Pose) -> NDArray[np.float64]:
        """Return between the eyes for an upright head, shape (3,)."""
        s = self.skeleton
        spine = pose.facing @ turn(*pose.turns[_SPINE])
        chest = spine @ turn(*pose.turns[_CHEST])
        joint = s.joint
        eye = (joint("eye_l") + joint("eye_r")) / 2
        return (
            pose.root
            + pose.facing @ (joint("spine") - joint("pelvis"))
            + spine @ (joint("chest") - joint("spine"))
            + chest @ (joint("neck") - joint("chest"))
            + chest @ (eye - joint("neck"))
        )

    def _body(self, seconds: float) -> tuple[Pose, float]:
        pose, yaw, feet, stay, walking = self._lower_body(seconds)
        self._arms(pose, feet, yaw, stay, walking, seconds)
        return pose, yaw

    def _lower_body(
        self, seconds: float
    ) -> tuple[Pose, float, tuple[Foot, Foot], Stay, float]:
        line, s = self.timeline, self.skeleton
        index, on_the_way = line.at(seconds)
        stay = line.stays[index]
        walking, speed = 0.0, 0.0
        walk = line.walks[index] if on_the_way else None
        if walk is not None:
            come = walk.distance(seconds)
            x, y, z, yaw = walk.place(come)
            after = line.stays[index + 1]
            yaw += _fade(come, 0.7) * (stay.yaw_out - float(walk.yaw[0]))
            left = walk.length_m - come
            yaw += _fade(left, 0.7) * (after.yaw_in - float(walk.yaw[-1]))
            speed = walk.speed(seconds)
            walking = min(speed / 0.9, 1.0)
        else:
            (x, y, z), yaw = stay.place, stay.facing(seconds)
        settled = 0.0 if on_the_way else stay.settled(seconds)
        calm = 0.0 if on_the_way else stay.calm(seconds) * (1 - settled)
        raised = 0.65 * settled if stay.posture is Posture.CROUCH else 0.0
        feet = (
            foot_at(line.falls[0], line.first[0], seconds, side=0, skeleton=s),
            foot_at(
                line.falls[1], line.first[1], seconds, side=1, skeleton=s, raised=raised
            ),
        )
        pose = Pose()
        self._stand(pose, (x, y, z), yaw, feet, calm, speed, seconds)
        if settled > 0:
            _settle(pose, s, stay, yaw, feet, settled)
        breath = sin(2 * pi * 0.25 * seconds + self.seed % 7)
        pose.turns[_CHEST, 1] -= 0.010 * breath
        pose.turns[_COLLARS[0], 2] += 0.014 * breath
        pose.turns[_COLLARS[1], 2] -= 0.014 * breath
        return pose, yaw, feet, stay, walking

    def _stand(
        self,
        pose: Pose,
        floor: tuple[float, float, float],
        yaw: float,
        feet: tuple[Foot, Foot],
        calm: float,
        speed: float,
        seconds: float,
    ) -> None:
        """Put the pelvis over the feet, as high as both legs reach."""
        s = self.skeleton
        ahead = _ahead(feet, yaw) / s.leg_m
        lean = self._weight(seconds) * calm
        swing = feet[1].swing - feet[0].swing
        pace = min(speed / 1.3, 1.6)
        sway = 0.012 * s.height_m * swing * min(pace, 1.0)
        sway += 0.021 * s.height_m * lean
        list_ = 0.045 * (feet[1].swing - feet[0].swing) * min(pace, 1.0) + 0.065 * lean
        pelvis_yaw = -0.22 * ahead
        pose.facing = turn(yaw + pelvis_yaw, 0.02 + 0.022 * pace, list_)
        left = np.array([cos(yaw), 0.0, -sin(yaw)])
        base = s.joint("pelvis")[1]
        pose.root = np.array([floor[0], floor[1] + base, floor[2]]) + sway * left
        pose.root[1] = self._height(pose, feet, floor[1] + base - 0.0015 * s.height_m)
        pose.turns[_SPINE] = (0.5 * -pelvis_yaw, 0.01 + 0.012 * pace, -0.55 * list_)
        pose.turns[_CHEST] = (1.3 * -pelvis_yaw, 0.01, -0.45 * list_)
        for side in (0, 1):
            toes = feet[side].yaw
            knee = yaw + 0.6 * _wrap(toes - yaw)
            pose.knees[side] = (sin(knee), 0.0, cos(knee))
            pose.ankles[side] = feet[side].ankle
            pose.feet[side] = (toes, feet[side].pitch, feet[side].toes)

    def _height(self, pose: Pose, feet: tuple[Foot, Foot], highest: float) -> float:
        """Return the pelvis' height: no leg is longer than it is."""
        s = self.skeleton
        result = highest
        reach = 0.9985 * s.leg_m
        for side, bone in ((0, "thigh_l"), (1, "thigh_r")):
            hip = pose.facing @ (s.joint(bone) - s.joint("pelvis"))
            gap = feet[side].ankle - pose.root - hip
            flat = min(gap[0] ** 2 + gap[2] ** 2, (0.9 * reach) ** 2)
            limit = float(feet[side].ankle[1] + sqrt(reach**2 - flat) - hip[1])
            result = _soft_min(result, limit, 0.008 * s.height_m)
        return result

    def _weight(self, seconds: float) -> float:
        """Return which leg carries: 1 left to -1 right, shifting now and then."""
        rng = _phases(self.seed)
        wave = sin(2 * pi * 0.041 * seconds + rng[0])
        wave += 0.8 * sin(2 * pi * 0.067 * seconds + rng[1])
        return float(np.tanh(3.0 * wave))

    def _arms(
        self,
        pose: Pose,
        feet: tuple[Foot, Foot],
        yaw: float,
        stay: Stay,
        walking: float,
        seconds: float,
    ) -> None:
        s = self.skeleton
        ahead = _ahead(feet, yaw) / s.leg_m
        walk_on = self.timeline.at(seconds)[1]
        held = stay.settled(seconds)
        ease = 0.0 if walk_on else stay.calm(seconds)
        style = _habit(self.seed, int(stay.start_s * 1000) + 5000)
        speech = self._speech(seconds)
        for side in (0, 1):
            swing = (-0.48 if side == 0 else 0.48) * ahead
            bend = 0.25 * max(swing, 0.0) + 0.10 * walking
            hand = hanging(s, side, swing=swing, bend=bend)
            habit = holding(s, side, stay=stay, style=style)
            if habit is not None and not walk_on:
                posed = stay.posture is not Posture.STAND
                hand = hand.toward(habit, held if posed else ease)
            if speech is not None:
                gesture = speaking_hand(speech, s, side, seconds)
                if gesture is not None:
                    busy = 0.55 * walking
                    hand = hand.toward(gesture[0], gesture[1] * (1 - busy))
            _put(pose, side, hand)

    def _speech(self, seconds: float) -> Speech | None:
        for speech in self.speeches:
            if speech.start_s <= seconds < speech.end_s + 0.5:
                return speech
        return None

    def _look(
        self, pose: Pose, eye: NDArray[np.float64], yaw: float, seconds: float
    ) -> None:
        """Turn torso, neck and head to the line of sight; open the mouth."""
        frame, ahead = self._sight(pose, yaw)
        torso, _, _ = share_of(*self._attend(eye, frame, ahead, seconds, TORSO_S))
        first, then, pitch = share_of(*self._attend(eye, frame, ahead, seconds, HEAD_S))
        # The head makes up for what the slower torso has not yet turned.
        head = min(max(first + then - torso, -1.22), 1.22)
        pose.turns[_SPINE, 0] += 0.4 * torso
        pose.turns[_CHEST, 0] += 0.6 * torso
        drift = _phases(self.seed)
        head += 0.015 * sin(2 * pi * 0.11 * seconds + drift[0])
        pitch += 0.010 * sin(2 * pi * 0.17 * seconds + drift[1])
        speech = self._speech(seconds)
        if speech is not None:
            nod = speech.nod(seconds)
            head, pitch = head + nod[0], pitch + nod[1]
            pose.turns[_JAW, 1] = _JAW_RAD * speech.open_mouth(seconds)
        pose.turns[_NECK] = (0.4 * head, 0.35 * pitch, 0.0)
        pose.turns[_HEAD] = (0.6 * head, 0.65 * pitch, 0.0)

    def _sight(
        self, pose: Pose, yaw: float
    ) -> tuple[NDArray[np.float64], tuple[float, float]]:
        """Return the chest's axes and what straight ahead is in them."""
        frame = pose.facing @ turn(*pose.turns[_SPINE]) @ turn(*pose.turns[_CHEST])
        if frame[1, 1] < 0.5:
            return frame, (0.0, 0.0)
        level = frame.T @ np.array([sin(yaw), 0.0, cos(yaw)])
        flat = float(np.hypot(level[0], level[2]))
        return frame, (
            float(np.arctan2(level[0], level[2])),
            float(-np.arctan2(level[1], flat)),
        )

    def _attend(
        self,
        eye: NDArray[np.float64],
        frame: NDArray[np.float64],
        ahead: tuple[float, float],
        seconds: float,
        takes_s: float,
    ) -> tuple[float, float]:
        return attend(
            self.aims, seconds, eye=eye, frame=frame, ahead=ahead, takes_s=takes_s
        )

    def _aim_eyes(self, bones: NDArray[np.float64], yaw: float, seconds: float) -> None:
        """Turn the eyeballs so that the line of sight meets what is looked at."""
        head = bones[BONE_INDEX["head"], :3, :3]
        eye = (bones[_EYES[0], :3, 3] + bones[_EYES[1], :3, 3]) / 2
        yaw_eye, pitch_eye = self._attend(eye, head, (0.0, 0.0), seconds, EYES_S)
        yaw_eye = min(max(yaw_eye, -_EYE_YAW), _EYE_YAW)
        pitch_eye = min(max(pitch_eye, -_EYE_PITCH), _EYE_PITCH)
        rotation = head @ turn(yaw_eye, pitch_eye, 0.0)
        for bone in _EYES:
            bones[bone, :3, :3] = rotation


@lru_cache(maxsize=4096)
def _habit(seed: int, moment: int) -> int:
    """Return how idle hands are held on a stay: 0 hanging to 3 crossed."""
    rng = np.random.default_rng([seed, moment])
    return int(rng.choice(4, p=[0.55, 0.22, 0.13, 0.10]))


def _settle(
    pose: Pose,
    s: Skeleton,
    stay: Stay,
    yaw: float,
    feet: tuple[Foot, Foot],
    share: float,
) -> None:
    """Bring a standing pose into the posture of its stay, by `share`."""
    h = s.height_m
    x, surface, z = stay.rest
    ahead = np.array([sin(yaw), 0.0, cos(yaw)])
    bow = sin(pi * share)
    match stay.posture:
        case Posture.SIT:
            goal = np.array([x, surface + 0.080 * h + 0.012 * h * s.build, z])
            pitch, spine, chest = -0.17 + 0.50 * bow, 0.12 + 0.10 * bow, 0.06
        case Posture.CROUCH:
            low = stay.place[1] + 0.47 * s.leg_m
            goal = np.array([x, low, z]) - 0.055 * h * ahead
            pitch, spine, chest = 0.26, 0.22, 0.12
        case Posture.LEAN:
            goal = np.array([x, pose.root[1] - 0.012 * h, z]) + 0.02 * h * ahead
            pitch, spine, chest = -0.05, -0.04, 0.04
        case Posture.LIE:
            goal = np.array([x, surface + 0.062 * h * (1 + 0.3 * s.build), z])
            pitch, spine, chest = -pi / 2 + 0.03, 0.02, 0.03
        case _:
            return
    down = share
    pose.root = pose.root + down * (goal - pose.root)
    reach = pitch * share if stay.posture is Posture.LIE else pitch * smoothstep(share)
    if stay.posture is Posture.SIT:
        reach = -0.17 * share + 0.50 * bow
    pose.facing = (
        turn(yaw, reach, 0.0) if share > 0.3 else _mixed(pose, yaw, reach, share)
    )
    pose.turns[_SPINE] *= 1 - share
    pose.turns[_CHEST] *= 1 - share
    pose.turns[_SPINE, 1] += spine * share
    pose.turns[_CHEST, 1] += chest * share
    for side in (0, 1):
        pose.knees[side] = pose.knees[side] + share * np.array([0.0, 0.35, 0.0])
    if stay.posture is Posture.LIE:
        _stretch(pose, s, ahead, surface, feet, share)


def _mixed(pose: Pose, yaw: float, pitch: float, share: float) -> NDArray[np.float64]:
    """Return a pelvis on its way from standing unevenly to level."""
    level = turn(yaw, pitch, 0.0)
    blend = pose.facing + smoothstep(share / 0.3) * (level - pose.facing)
    u, _, v = np.linalg.svd(blend)
    return np.asarray(u @ v)


def _stretch(
    pose: Pose,
    s: Skeleton,
    ahead: NDArray[np.float64],
    surface: float,
    feet: tuple[Foot, Foot],
    share: float,
) -> None:
    """Stretch the legs of a lying body over the surface."""
    for side, bone in ((0, "thigh_l"), (1, "thigh_r")):
        hip = pose.root + pose.facing @ (s.joint(bone) - s.joint("pelvis"))
        goal = hip + ahead * 0.985 * s.leg_m
        goal[1] = surface + 0.035 * s.height_m
        pose.ankles[side] = pose.ankles[side] + smoothstep(share) * (
            goal - pose.ankles[side]
        )
        pose.knees[side] = (1 - share) * pose.knees[side] + np.array([0, share, 0])
        pose.feet[side, 1] = feet[side].pitch - share * 1.15
        pose.feet[side, 2] = feet[side].toes


def _put(pose: Pose, side: int, hand: Hand) -> None:
    pose.hands[side] = hand.wrist
    pose.elbows[side] = hand.elbow
    pose.wrists[side] = (hand.pronation, hand.flexion)
    pose.on_thighs[side] = hand.on_thigh


def _ahead(feet: tuple[Foot, Foot], yaw: float) -> float:
    """Return how far the left foot is ahead of the right, metres."""
    gap = feet[0].ankle - feet[1].ankle
    return float(gap[0] * sin(yaw) + gap[2] * cos(yaw))


def _fade(distance: float, over: float) -> float:
    return 1.0 - smoothstep(distance / over)


def _soft_min(a: float, b: float, width: float) -> float:
    """Return a smooth minimum that is never above either value."""
    h = max(width - abs(a - b), 0.0) / width
    return min(a, b) - h * h * width * 0.25


def _wrap(angle: float) -> float:
    return float((angle + pi) % (2 * pi) - pi)


def _phases(seed: int) -> tuple[float, float]:
    first = (zlib.crc32(seed.to_bytes(8, "little")) % 6283) / 1000
    second = (zlib.crc32((seed + 1).to_bytes(8, "little")) % 6283) / 1000
    return first, second
