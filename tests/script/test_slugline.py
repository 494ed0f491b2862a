"""Headings taken apart."""

import pytest

from previz.model import Setting
from previz.script import parse_slugline, time_word


@pytest.mark.parametrize(
    ("text", "setting", "place", "time"),
    [
        ("INT. KITCHEN - NIGHT", "INT", "KITCHEN", "NIGHT"),
        ("EXT. ANN'S HOUSE - GARDEN - DAY", "EXT", "ANN'S HOUSE - GARDEN", "DAY"),
        ("EXT. STREET – HIGH NOON", "EXT", "STREET", "HIGH NOON"),
        ("EXT. MOOR - FIRST LIGHT", "EXT", "MOOR", "FIRST LIGHT"),
        ("EXT STREET – DAWN", "EXT", "STREET", "DAWN"),
        ("INT. KITCHEN — MOMENTS LATER", "INT", "KITCHEN", "MOMENTS LATER"),
        ("INT. BAR -- LATER THAT SAME NIGHT", "INT", "BAR", "LATER THAT SAME NIGHT"),
        ("INT./EXT. CAR - CONTINUOUS", "INT/EXT", "CAR", "CONTINUOUS"),
        ("I/E CAR - DAY", "INT/EXT", "CAR", "DAY"),
        ("EST. CITY", "EXT", "CITY", ""),
        ("INT. HOSPITAL - DAY ROOM", "INT", "HOSPITAL - DAY ROOM", ""),
        ("INT. THE NIGHT CLUB", "INT", "THE NIGHT CLUB", ""),
        ("INT. KITCHEN - NIGHT - FLASHBACK", "INT", "KITCHEN", "NIGHT - FLASHBACK"),
        ("INT. HOUSE - DAY - KITCHEN", "INT", "HOUSE - KITCHEN", "DAY"),
        ("INT. KITCHEN - NIGHT (1987)", "INT", "KITCHEN", "NIGHT (1987)"),
        ("INT. KITCHEN. NIGHT", "INT", "KITCHEN", "NIGHT"),
        ("INT. MR. SMITH'S. EVENING", "INT", "MR. SMITH'S", "EVENING"),
        ("INT. KITCHEN (NIGHT)", "INT", "KITCHEN", "NIGHT"),
        ("INT. - NIGHT", "INT", "", "NIGHT"),
        ("INT. CO-OP - MID-MORNING", "INT", "CO-OP", "MID-MORNING"),
        ("INT. NIGHT", "INT", "NIGHT", ""),
        ("INT. 台所 - 夜", "INT", "台所", "夜"),
        ("台所 - 夜", "", "台所", "夜"),
        ("台所（夜）", "", "台所", "夜"),
        ("内景 厨房 - 夜", "INT", "厨房", "夜"),
        ("外景。街道 - 白天", "EXT", "街道", "白天"),
        ("INNEN. KÜCHE - NACHT", "INT", "KÜCHE", "NACHT"),
        ("AUẞEN. STRAẞE - TAG", "EXT", "STRAẞE", "TAG"),
        ("INTÉRIEUR CUISINE - APRÈS-MIDI", "INT", "CUISINE", "APRÈS-MIDI"),
        ("FLASHBACK", "", "FLASHBACK", ""),
        ("INT. <b>../../ETC</b> - DAY", "INT", "<b>../../ETC</b>", "DAY"),
        ("INT.\tKITCHEN   -  NIGHT", "INT", "KITCHEN", "NIGHT"),
    ],
)
def test_heading_splits_into_setting_place_and_time(text, setting, place, time):
    found = parse_slugline(text)
    assert (found.setting, found.place, found.time) == (Setting(setting), place, time)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("NIGHT", "NIGHT"),
        ("LATER THAT NIGHT", "NIGHT"),
        ("moments later", "LATER"),
        ("THE NEXT MORNING", "MORNING"),
        ("夜", "NIGHT"),
        ("白天", "DAY"),
        ("Nacht", "NIGHT"),
        ("MAGIC HOUR", "DUSK"),
        ("DEAD OF NIGHT", "NIGHT"),
        ("CONTINUOUS", "CONTINUOUS"),
        ("DAY - FLASHBACK", "DAY"),
        ("", ""),
        ("1987", ""),
    ],
)
def test_time_words_have_one_plain_word(written, plain):
    assert time_word(written) == plain
