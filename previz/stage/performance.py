"""What a character's body does at a frame of the scene, purely."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from previz.model import Emotion, Posture, Rate
from previz.stage.acting.carrying import carry
from previz.stage.acting.clips import Clipped, with_clip
from previz.stage.acting.deeds import bow_to, head_of_acts, lay_hands
from previz.stage.acting.faces import face_of
from previz.stage.acting.goals import RELAXED
from previz.stage.acting.moment import Moment
from previz.stage.acting.played import Held, Played
from previz.stage.attention import EYES_S, HEAD_S, TORSO_S, Aim, attend, flick, share_of
from previz.stage.gestures import Speech, hanging, holding, speaking_hand
from previz.stage.lower import Carriage, carriage_at, phases, strides_ahead
from previz.stage.pose import TURNED, Pose, Rig, rig_of, solve, turn
from previz.stage.skeleton import BONE_INDEX, Skeleton
from previz.stage.timeline import Timeline

__all__ = ["Performance"]

_Sight = tuple[NDArray[np.float64], tuple[float, float]]
"""World from the chest's axes, and yaw and pitch of straight ahead in them."""

_SPINE, _CHEST, _NECK, _HEAD = (
    TURNED.index(b) for b in ("spine", "chest", "neck", "head")
)
_EYES = (BONE_INDEX["eye_l"], BONE_INDEX["eye_r"])
_EYE_YAW, _EYE_PITCH = np.radians(32.0), np.radians(24.0)


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
        acts: What its hands and its head do, in order of time.
        feelings: What its face says: from when (seconds), what, how strongly.
        held: What is in its hands, and when.
        clips: Motions that were brought, as the body plays them.
    """

    skeleton: Skeleton
    timeline: Timeline
    aims: tuple[Aim, ...]
    speeches: tuple[Speech, ...]
    rate: Rate
    seed: int
    acts: tuple[Played, ...] = ()
    feelings: tuple[tuple[float, Emotion, float], ...] = ()
    held: tuple[Held, ...] = ()
    clips: tuple[Clipped, ...] = ()

    def bones(self, scene_frame: int) -> NDArray[np.float64]:
        """Return the bones in the world at a frame, shape (b, 4, 4)."""
        return self.bones_at(self.rate.seconds(scene_frame))

    def bones_at(self, seconds: float) -> NDArray[np.float64]:
        """Return the bones in the world at a scene time, shape (b, 4, 4)."""
        acts = [a for a in self.acts if a.runs(seconds)]
        body = carriage_at(self.timeline, self.skeleton, seconds, seed=self.seed)
        pose = body.pose
        self._arms(body, acts, seconds)
        carry(
            pose,
            self.skeleton,
            self.held,
            seconds,
            walking=body.walking,
            upright=body.upright,
        )
        sight = self._turn_torso(pose, body.yaw, seconds)
        if acts:
            bow_to(acts, body, self.skeleton, self._rig, seconds)
        self._turn_head(pose, sight, acts, seconds)
        if acts:
            moment = Moment.of(pose, self.skeleton, self._rig, yaw=body.yaw)
            lay_hands(pose, acts, moment, seconds)
        bones = solve(pose, self._rig)
        for clip in self.clips:
            if clip.start_s <= seconds < clip.end_s:
                return with_clip(bones, clip, self.skeleton, seconds)
        self._aim_eyes(bones, seconds)
        return bones

    def face(self, scene_frame: int, bones: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return how far each facial action is at a frame, shape (52,).

        Args:
            scene_frame: The frame.
            bones: The body at that frame, shape (b, 4, 4).
        """
        seconds = self.rate.seconds(scene_frame)
        return face_of(
            seconds,
            bones,
            feelings=self.feelings,
            speech=self._speech(seconds),
            glances=self._glances,
            seed=self.seed,
        )

    def speaking(self, scene_frame: int) -> bool:
        """Return whether a speech runs at a frame."""
        seconds = self.rate.seconds(scene_frame)
        return any(s.start_s <= seconds < s.end_s for s in self.speeches)

    def eye_point(self, seconds: float) -> NDArray[np.float64]:
        """Return about where the eyes are, whatever they look at, shape (3,)."""
        body = carriage_at(self.timeline, self.skeleton, seconds, seed=self.seed)
        return self._eye(body.pose)

    @cached_property
    def _rig(self) -> Rig:
        return rig_of(self.skeleton)

    @cached_property
    def _glances(self) -> tuple[float, ...]:
        return tuple(start + 0.03 for start, _ in self.aims if start > 0)

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
            + chest @ (eye - joint("chest"))
        )

    def _arms(self, body: Carriage, acts: list[Played], seconds: float) -> None:
        """Let the arms hang, swing, rest or talk."""
        s, pose, stay = self.skeleton, body.pose, body.stay
        ahead = strides_ahead(body.feet, body.yaw) / s.leg_m
        held = stay.settled(seconds)
        ease = 0.0 if body.afoot else stay.calm(seconds)
        # Arms that are crossed or clasped part as soon as one of them does something.
        used = [a.share(seconds) for a in acts if a.sides]
        ease *= 1 - min(2 * max(used, default=0.0), 1.0)
        style = _habit(self.seed, int(stay.start_s * 1000) + 5000)
        speech = self._speech(seconds)
        run = body.running
        for side in (0, 1):
            swing = (-0.48 if side == 0 else 0.48) * ahead * (1 - 0.15 * run)
            bend = 0.25 * max(swing, 0.0) + 0.10 * body.walking
            bend = bend + run * (1.35 + 0.35 * swing - bend)
            hand = hanging(s, side, swing=swing - 0.12 * run, bend=bend)
            habit = holding(s, side, stay=stay, style=style)
            if habit is not None and not body.afoot:
                posed = stay.posture is not Posture.STAND
                hand = hand.toward(habit, held if posed else ease)
            if speech is not None:
                gesture = speaking_hand(speech, s, side, seconds)
                if gesture is not None:
                    busy = 0.55 * body.walking
                    hand = hand.toward(gesture[0], gesture[1] * (1 - busy))
            pose.hands[side] = hand.wrist
            pose.elbows[side] = hand.elbow
            pose.wrists[side, :2] = (hand.pronation, hand.flexion)
            pose.on_thighs[side] = hand.on_thigh
            pose.curls[side] = RELAXED
            pose.curls[side] += run * 0.4

    def _speech(self, seconds: float) -> Speech | None:
        for speech in self.speeches:
            if speech.start_s <= seconds < speech.end_s + 0.5:
                return speech
        return None

    def _turn_torso(self, pose: Pose, yaw: float, seconds: float) -> _Sight:
        """Turn the torso to the line of sight; return the axes it was in before."""
        frame, ahead = _sight(pose, yaw)
        seen = self._attend(self._eye(pose), frame, ahead, seconds, TORSO_S)
        torso, _, _ = share_of(*seen)
        pose.turns[_SPINE, 0] += 0.4 * torso
        pose.turns[_CHEST, 0] += 0.6 * torso
        return frame, ahead

    def _turn_head(
        self, pose: Pose, sight: _Sight, acts: list[Played], seconds: float
    ) -> None:
        """Turn neck and head to the line of sight and as the acts say."""
        frame, ahead = sight
        seen = self._attend(self._eye(pose), frame, ahead, seconds, HEAD_S)
        torso, head, down = share_of(*seen)
        # The torso has turned since, or bowed; the head makes up for it.
        chest, _ = _sight(pose, 0.0)
        to = chest.T @ frame @ turn(torso + head, down, 0.0)[:, 2]
        yaw = float(np.arctan2(to[0], to[2]))
        pitch = float(-np.arctan2(to[1], np.hypot(to[0], to[2])))
        roll = 0.0
        drift = phases(self.seed)
        yaw += 0.015 * sin(2 * pi * 0.11 * seconds + drift[0])
        pitch += 0.010 * sin(2 * pi * 0.17 * seconds + drift[1])
        speech = self._speech(seconds)
        if speech is not None:
            nod = speech.nod(seconds)
            yaw, pitch = yaw + nod[0], pitch + nod[1]
        if acts:
            more = head_of_acts(pose, acts, seconds)
            yaw, pitch, roll = yaw + more[0], pitch + more[1], more[2]
        yaw, pitch = min(max(yaw, -1.22), 1.22), min(max(pitch, -0.85), 0.80)
        pose.turns[_NECK] = (0.4 * yaw, 0.35 * pitch, 0.4 * roll)
        pose.turns[_HEAD] = (0.6 * yaw, 0.65 * pitch, 0.6 * roll)

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

    def _aim_eyes(self, bones: NDArray[np.float64], seconds: float) -> None:
        """Turn the eyeballs so that the line of sight meets what is looked at."""
        head = bones[BONE_INDEX["head"], :3, :3]
        eye = (bones[_EYES[0], :3, 3] + bones[_EYES[1], :3, 3]) / 2
        yaw_eye, pitch_eye = self._attend(eye, head, (0.0, 0.0), seconds, EYES_S)
        stray = flick(seconds, seed=self.seed)
        yaw_eye = min(max(yaw_eye + stray[0], -_EYE_YAW), _EYE_YAW)
        pitch_eye += stray[1]
        pitch_eye = min(max(pitch_eye, -_EYE_PITCH), _EYE_PITCH)
        rotation = head @ turn(yaw_eye, pitch_eye, 0.0)
        for bone in _EYES:
            bones[bone, :3, :3] = rotation


def _sight(pose: Pose, yaw: float) -> _Sight:
    """Return the chest's axes and what straight ahead is in them."""
    frame = pose.facing @ turn(*pose.turns[_SPINE]) @ turn(*pose.turns[_CHEST])
    if frame[1, 1] < 0.5:
        return frame, (0.0, 0.0)
    level = frame.T @ np.array([np.sin(yaw), 0.0, np.cos(yaw)])
    flat = float(np.hypot(level[0], level[2]))
    return frame, (
        float(np.arctan2(level[0], level[2])),
        float(-np.arctan2(level[1], flat)),
    )


@lru_cache(maxsize=4096)
def _habit(seed: int, moment: int) -> int:
    """Return how idle hands are held on a stay: 0 hanging to 3 crossed."""
    rng = np.random.default_rng([seed, moment])
    return int(rng.choice(4, p=[0.55, 0.22, 0.13, 0.10]))
