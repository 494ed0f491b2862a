"""What a page may say to the kernel, and what is refused."""

import math

import pytest

from previz.errors import ModelError, PrevizError, UnknownNameError
from previz.widgets import messages
from previz.widgets.reading import read_message

ASK = {"v": 1, "kind": "ask_picture", "number": 3, "shot": "1A", "frame": 7}


def test_each_kind_is_read_as_its_own_form():
    asked = read_message(ASK | {"page": "tab-1", "width_px": 320})
    assert isinstance(asked, messages.AskPicture)
    assert (asked.page, asked.frame, asked.width_px) == ("tab-1", 7, 320)
    assert isinstance(read_message({"v": 1, "kind": "undo"}), messages.Undo)


@pytest.mark.parametrize("version", [0, 2, "1", None, 1.5])
def test_another_version_says_what_to_do(version):
    with pytest.raises(ModelError, match="restart the kernel and reload the page"):
        read_message(ASK | {"v": version})


@pytest.mark.parametrize("kind", ["explode", None, 3, ["undo"], "x" * 10_000])
def test_an_unknown_kind_lists_the_known_ones(kind):
    with pytest.raises(UnknownNameError, match="ask_picture") as refused:
        read_message({"v": 1, "kind": kind})
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    "wrong",
    [
        {"frame": -1},
        {"frame": math.nan},
        {"frame": 1e300},
        {"width_px": 100_000},
        {"shot": "x" * 1000},
        {"page": "<script>"},
        {"number": "many"},
        {"more": 1},
    ],
)
def test_a_field_out_of_its_rule_is_named(wrong):
    with pytest.raises(ModelError, match=f"AskPicture.{next(iter(wrong))}"):
        read_message(ASK | wrong)


@pytest.mark.parametrize("content", [None, [], "undo", 7])
def test_what_is_no_object_is_refused(content):
    with pytest.raises(ModelError, match="object"):
        read_message(content)


@pytest.mark.parametrize(
    "edit",
    [
        {"text": "x" * 3_000_000},
        {"poses": [[0.0] * 3] * 1_000_000},
        {"x" * 3_000_000: 1},
    ],
)
def test_a_huge_message_is_refused_before_it_is_read(edit):
    with pytest.raises(PrevizError, match="Message must be <="):
        read_message({"v": 1, "kind": "edit", "edit": edit})
