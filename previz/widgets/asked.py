"""What a page says to the kernel; it is not trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from previz.direct.fitting import Fitted
from previz.edits import Edit, edit_of
from previz.model import Model
from previz.widgets.protocol import MESSAGES_VERSION
from previz.widgets.queue_messages import FromQueuePage

__all__ = [
    "AskCoverage",
    "AskFitting",
    "AskPicture",
    "AskReference",
    "AskShelf",
    "Bye",
    "Cancel",
    "Covering",
    "DropPicture",
    "EditAsked",
    "Hello",
    "OpenShot",
    "Painted",
    "Pick",
    "QueueAsked",
    "Redo",
    "Snapshot",
    "Undo",
]

Page = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")]
Name = Annotated[str, Field(max_length=80)]
BlockKey = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
FrameNumber = Annotated[int, Field(ge=0, le=10_000_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class _FromPage(Model):
    v: Literal[1] = MESSAGES_VERSION
    page: Page = ""


class Hello(_FromPage):
    """A page has opened and wants to know everything."""

    kind: Literal["hello"] = "hello"


class Bye(_FromPage):
    """A page has closed; what it is not told it will not miss."""

    kind: Literal["bye"] = "bye"


def _read_edit(fields: object) -> object:
    """Read an edit by its kind alone, whose fault then is the one that is told."""
    return edit_of(fields) if isinstance(fields, Mapping) else fields


class EditAsked(_FromPage):
    """Change the film. Edits with one `drag` are one step of history.

    Within a drag each edit says where the drag now stands, counted from the film
    before it, and none but the newest need be sent; the one with `last` ends it.
    Where it is `pictured` the page asks for a picture of it at once, which is made
    before anything else that follows from the edit.
    """

    kind: Literal["edit"] = "edit"
    edit: Annotated[Edit, BeforeValidator(_read_edit)]
    drag: Name = ""
    last: bool = True
    pictured: bool = False


class Cancel(_FromPage):
    """Undo a drag that has not ended."""

    kind: Literal["cancel"] = "cancel"
    drag: Name


class Undo(_FromPage):
    """Take back the last step."""

    kind: Literal["undo"] = "undo"


class Redo(_FromPage):
    """Make the step that was taken back last again."""

    kind: Literal["redo"] = "redo"


class Covering(Model):
    """A scene, and the style in which it is covered."""

    scene: Name
    style: Annotated[str, Field(max_length=40)]


class AskPicture(_FromPage):
    """Ask for one frame; a page asks again only once the answer is painted.

    Over a slow line a film would play no faster than questions come and go: while it
    plays, a page may have `at_once` pictures that it has not painted. `board` asks for
    a panel: lit more coarsely, so that a film of many scenes opens in time. `coverage`
    says how the shot's scene is covered, if not as the film has it. `painted` is the
    number of the picture that is on the screen by now, as `painted` says it.
    `then_frame` is what the page will most likely ask for next: it is got ready while
    this one is on its way.
    """

    kind: Literal["ask_picture"] = "ask_picture"
    number: Annotated[int, Field(ge=0, le=2**53)]
    shot: Name
    frame: FrameNumber
    width_px: Annotated[int, Field(ge=64, le=1280)] = 256
    board: bool = False
    coverage: Covering | None = None
    painted: Annotated[int, Field(ge=0, le=2**53)] | None = None
    then_frame: FrameNumber | None = None
    at_once: Annotated[int, Field(ge=1, le=4)] = 1


class AskCoverage(_FromPage):
    """Ask how a scene looks covered in a style; answered by `coverage`."""

    kind: Literal["ask_coverage"] = "ask_coverage"
    coverage: Covering


class Painted(_FromPage):
    """The picture of this number is on the screen."""

    kind: Literal["painted"] = "painted"
    number: Annotated[int, Field(ge=0, le=2**53)]


class OpenShot(_FromPage):
    """Show this shot; answered by its `tracks`, its `place`, and later its `stage`.

    `has` names the blocks of stages that the page still holds.
    """

    kind: Literal["open_shot"] = "open_shot"
    shot: Name
    has: Annotated[tuple[BlockKey, ...], Field(max_length=400)] = ()


class Pick(_FromPage):
    """Ask what is at a place of the picture, as shares from its top left corner."""

    kind: Literal["pick"] = "pick"
    shot: Name
    frame: FrameNumber
    x: Share
    y: Share


class AskFitting(_FromPage):
    """Ask for a picture of a character alone, turned so far from the camera.

    A page asks again only once the answer is painted.
    """

    kind: Literal["ask_fitting"] = "ask_fitting"
    number: Annotated[int, Field(ge=0, le=2**53)]
    character: Name
    yaw_deg: Annotated[float, Field(ge=-360, le=360)] = 0.0
    fitted: Fitted = "figure"
    height_px: Annotated[int, Field(ge=64, le=1080)] = 480


class DropPicture(_FromPage):
    """Pin up a picture that somebody is to look like; its file is the buffer."""

    kind: Literal["drop_picture"] = "drop_picture"
    character: Name
    name: Annotated[str, Field(max_length=120)] = ""


class AskReference(_FromPage):
    """Ask for a picture that is pinned up, by its SHA-256."""

    kind: Literal["ask_reference"] = "ask_reference"
    picture: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class AskShelf(_FromPage):
    """Ask what can be brought to the stage."""

    kind: Literal["ask_shelf"] = "ask_shelf"


class Snapshot(_FromPage):
    """Ask for a frame as a large still."""

    kind: Literal["snapshot"] = "snapshot"
    shot: Name
    frame: FrameNumber


class QueueAsked(_FromPage):
    """Ask something of the promotions; answered by `queue`."""

    kind: Literal["queue"] = "queue"
    asked: FromQueuePage
