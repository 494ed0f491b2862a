"""The camera report: what a first AC would note, as values, CSV and HTML."""

import csv
import io

import pytest

from previz.camera import gear
from previz.film import Film as Facade
from previz.model import (
    CameraMove,
    CameraPose,
    Control,
    ControlKey,
    FocusKey,
    Move,
    Rig,
    RigKind,
    Track,
)
from previz.report import (
    CAMERA_COLUMNS,
    CameraReport,
    camera_report_html,
    camera_rows,
    report_html,
)
from previz.stage import Stage

BODY = gear.body("ARRI ALEXA 35", mode="4K 16:9")


@pytest.fixture
def filmed(short_film, edit_scene):
    """Build the short film with its first shot's camera changed."""

    def build(index=0, **fields):
        film = short_film()
        shots = list(film.scenes[0].shots)
        for i, shot in enumerate(shots):
            lens = gear.lens("ARRI/ZEISS Ultra Prime", 32, t_stop=2.828427)
            poses = tuple(
                p.changed(focal_length_mm=32.0, focus_distance_m=3.0)
                for p in shot.camera.poses
            )
            camera = shot.camera.changed(
                sensor=BODY, lens=lens, iso=800.0, nd_stops=2.0, poses=poses
            )
            shots[i] = shot.changed(
                camera=camera.changed(**fields) if i == index else camera
            )
        roomy = film.scenes[0].set.changed(size_m=(5.0, 2.7, 9.0))
        return edit_scene(film, 0, shots=tuple(shots), exposure_ev100=7.585, set=roomy)

    return build


def test_a_row_says_what_a_first_ac_notes(filmed):
    row = camera_rows(filmed())[0]
    assert (row.scene, row.slate, row.setting) == ("1", "1A", "INT. KITCHEN 1 - NIGHT")
    assert (row.body, row.mode, row.gate_mm) == (
        "ARRI ALEXA 35", "4K 16:9", "24.88 × 14.00",
    )  # fmt: skip
    assert (row.lens, row.focal_mm) == ("ARRI/ZEISS Ultra Prime T1.9", "32")
    assert (row.stop, row.ei, row.nd) == ("T2.8", "800", "0.6")
    assert (row.fps, row.shutter_deg, row.meter_ev100) == ("24", "180", "7.6")
    assert 2700 <= int(row.white_balance_k) <= 6500
    assert (row.height_m, row.tilt_deg, row.roll_deg) == ("1.50", "1° down", "")
    assert (row.rig, row.move, row.note) == ("sticks", "static", "")
    # 32 mm, T2.8, circle 0.01903 mm, 3 m: H = 19.06 m.
    assert row.sharp_m == "2.60–3.55"
    assert row.distance_m.startswith("3.")


def test_somebody_in_the_plane_is_named(filmed):
    film = filmed()
    away = float(camera_rows(film)[0].distance_m.split(" ")[0])
    pose = film.scenes[0].shots[0].camera.poses[0].changed(focus_distance_m=away)
    row = camera_rows(filmed(poses=(pose,)))[0]
    assert row.focus.endswith("Ann")
    assert row.note == ""


def test_a_pull_tells_both_ends_and_whom(filmed):
    keys = (FocusKey(frame=0, subject="ann"), FocusKey(frame=4, distance_m=9.0))
    row = camera_rows(filmed(focus=keys))[0]
    start, end = row.focus.split(" → ")
    assert start.endswith("Ann")
    assert end == "9.00"
    assert row.sharp_m.count(" → ") == 1


def test_a_push_in_tells_its_way(filmed):
    row = camera_rows(filmed())[1]
    assert row.move == "push in 1.46 m over 0.2 s"
    assert row.rig == "dolly"
    assert " → " in row.distance_m
    assert "speed" in row.note


def test_a_pan_tells_its_turn(filmed):
    poses = tuple(
        CameraPose(
            position_m=(0.0, 1.5, 4.0), target_m=target, focal_length_mm=32.0,
            roll_deg=roll,
        )
        for target, roll in (((0.0, 1.5, 0.0), 0.0), ((-4.0, 1.5, 0.0), 8.0))
    )  # fmt: skip
    row = camera_rows(filmed(poses=poses))[0]
    assert row.move == "pan 45° left over 0.2 s"
    assert row.tilt_deg == "level"
    assert row.roll_deg == "0 → 8° right"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"sensor": gear.body("ARRI ALEXA 65")}, "lens covers 31.14 mm of 59.9 mm"),
        ({"iso": 1600.0}, "1.0 stop over the meter"),
        ({"nd_stops": 4.0}, "2.0 stop under the meter"),
        ({"focus": (FocusKey(frame=0, distance_m=0.3),)}, "lens stops at 0.35 m"),
        ({"focus": (FocusKey(frame=0, distance_m=9.0),)}, "Ann soft"),
        (
            {
                "poses": (
                    CameraPose(
                        position_m=(0, 4.0, 4), target_m=(0, 1.4, 0),
                        focal_length_mm=32.0,
                    ),
                )
            },
            "height 4 m from frame 0, sticks 2.3 m",
        ),
        (
            {
                "poses": (
                    CameraPose(
                        position_m=(0, 1.5, 4), target_m=(0, 1.4, 0),
                        focal_length_mm=32.0, focus_distance_m=0.2,
                    ),
                )
            },
            "focus 0.20 m, lens stops at 0.35 m",
        ),
    ],
)  # fmt: skip
def test_what_is_beyond_the_gear_is_noted(filmed, fields, told):
    assert told in camera_rows(filmed(**fields))[0].note


def test_a_push_beyond_the_native_rating_is_told(filmed):
    assert camera_rows(filmed(iso=3200.0))[0].ei == "3200 (pushed 2 stops)"
    row = camera_rows(filmed(iso=None))[0]
    assert row.ei == ""
    assert "meter" not in row.note


def test_a_camera_carried_by_hand_says_so(filmed):
    row = camera_rows(filmed(rig=Rig(kind=RigKind.HANDHELD)))[0]
    assert (row.rig, row.move) == ("handheld", str(Move.HANDHELD))


def test_it_needs_no_picture_and_no_posed_body(filmed, monkeypatch):
    def never(*_args, **_named):
        raise AssertionError

    monkeypatch.setattr(Stage, "at", never)
    monkeypatch.setattr(Stage, "_posed_at", never)
    assert len(camera_rows(filmed())) == 5


def test_the_csv_reads_back_and_holds_no_formula(filmed, edit_scene, tmp_path):
    film = filmed()
    shots = (film.scenes[0].shots[0].changed(note="=1+1"), *film.scenes[0].shots[1:])
    CameraReport(edit_scene(film, 0, shots=shots)).save(tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == CAMERA_COLUMNS
    assert [r["slate"] for r in rows] == [s.slate for _, s in film.shots]
    assert rows[0]["note"].endswith("=1+1")
    for row in rows:
        for cell in row.values():
            assert cell.lstrip(" ")[:1] not in tuple("=+-@|%") or cell == ""


def test_the_table_has_a_setup_a_scene_and_notes_what_differs(filmed):
    film = filmed(index=1, sensor=gear.body("RED KOMODO 6K"), shutter_deg=90.0)
    html = camera_report_html(camera_rows(film))
    assert html.count("<tbody>") == html.count("rowgroup") == 2
    assert "ARRI ALEXA 35, 4K 16:9 (24.88 × 14.00 mm) · ARRI/ZEISS Ultra Prime" in html
    assert "RED KOMODO 6K; 6K 17:9; shutter 90°" in html
    assert "Roll" not in html
    assert html.count('data-c="slate"') == 5


def test_words_are_escaped(filmed, edit_scene):
    film = edit_scene(filmed(), 0, number="<b>1")
    html = camera_report_html(camera_rows(film))
    assert "<b>1" not in html.replace("<b>&lt;b&gt;1", "")


def test_the_facade_and_the_page_show_it(filmed, tmp_path):
    film = filmed()
    shown = Facade(film).camera_report()
    assert "T2.8" in shown._repr_html_()
    assert shown.save(tmp_path / "c.csv").exists()
    page = report_html(film, {}, None)
    assert '<section id="camera">' in page
    assert "ARRI ALEXA 35, 4K 16:9" in page


def test_keyed_rating_and_filter_are_told_from_head_to_tail(filmed):
    keyed = tuple(
        Track(
            control=control,
            keys=(ControlKey(frame=0, value=low), ControlKey(frame=3, value=high)),
        )
        for control, low, high in ((Control.ISO, 800, 3200), (Control.ND, 0, 3))
    )
    row = camera_rows(filmed(iso=800.0, tracks=keyed))[0]
    assert row.ei.startswith("800")
    assert row.ei.endswith("3200")
    assert row.nd.startswith("–")
    assert row.nd.endswith("0.9")


def test_moves_at_once_are_joined_and_a_camera_in_somebody_is_noted(filmed):
    together = tuple(
        CameraMove(kind=kind, amount=2.0) for kind in (Move.TILT, Move.PAN)
    )
    film = filmed(moves=together)
    assert " and pan" in camera_rows(film)[0].move
    assert "inside" not in camera_rows(film)[0].note
    stage = Stage(film.scenes[0], film.characters, rate=film.rate)
    x, y, z = (float(v) for v in stage.landmarks("ann", 0).waist)
    buried = CameraPose(
        position_m=(x, y, z), target_m=(x, y, z - 1.0), focal_length_mm=32.0
    )
    assert "inside Ann at frame 0" in camera_rows(filmed(poses=(buried,)))[0].note
