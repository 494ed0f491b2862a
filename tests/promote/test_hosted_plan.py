"""What a hosted model would do, and for how much, before anything is sent."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.controls import SIGNALS
from previz.errors import PrevizError, UnknownNameError
from previz.promote import Order
from previz.promote.backends.hosted import HostedBackend
from previz.promote.plan import Run
from previz.promote.runway.models import MODELS, fit_of, seconds_of
from previz.promote.runway.prices import Price, price_of


def planned(model="aleph2", *, frames=48, rate=24.0, size=(960, 540), **order):
    order = Order(
        backend="hosted",
        width_px=size[0],
        height_px=size[1],
        options={"model": model},
        **order,
    )
    return HostedBackend().plan(order, length_frames=frames, rate_fps=rate)


@pytest.mark.parametrize(
    ("model", "size", "made", "rows"),
    [
        ("gen4_turbo", (960, 540), (1280, 720), 720),
        ("gen4_turbo", (961, 541), (1280, 720), 720),
        ("gen4_turbo", (540, 960), (720, 1280), 1280),
        ("gen4_turbo", (960, 402), (1584, 672), 663.3),
        ("gen4_turbo", (1024, 768), (1104, 832), 828),
        ("veo3.1", (960, 402), (1280, 720), 536),
        ("veo3.1", (1920, 1080), (1920, 1080), 1080),
        ("veo3.1", (3840, 2160), (1920, 1080), 1080),
        ("aleph2", (1281, 721), (1920, 1080), 1080),
        ("seedance2", (2100, 900), (1470, 630), 630),
    ],
)
def test_a_size_is_snapped_to_the_one_of_which_least_is_cut(model, size, made, rows):
    fit = fit_of(MODELS[model], size)
    assert fit.made == made
    assert fit.rows == pytest.approx(rows, abs=1.0)


@settings(max_examples=40)
@given(
    model=st.sampled_from(sorted(MODELS)),
    width=st.integers(16, 4096),
    height=st.integers(16, 4096),
)
def test_what_is_kept_has_the_shape_that_is_wanted(model, width, height):
    try:
        fit = fit_of(MODELS[model], (width, height))
    except PrevizError:
        assert height / width > 16 / 9 - 0.01
        return
    left, top, right, bottom = fit.box
    assert (left, right) == (0, fit.made[0])
    assert 0 <= top <= bottom <= fit.made[1]
    # Within the row by which a service's own size misses its shape.
    assert abs((bottom - top) - fit.made[0] * height / width) <= 1


def test_a_picture_taller_than_all_is_refused():
    with pytest.raises(PrevizError, match=r"must be <= 640 px .* got 900"):
        planned("veo3.1", size=(360, 900))


@pytest.mark.parametrize(
    ("model", "wanted_s", "made_s"),
    [("veo3.1", 0.5, 4), ("veo3.1", 4.0, 4), ("veo3.1", 4.01, 6), ("veo3.1", 7, 8),
     ("gen4_turbo", 2.5, 3), ("gen4_turbo", 0.1, 2), ("seedance2", 1, 5),
     ("aleph2", 29.2, 30)],
)  # fmt: skip
def test_a_length_is_snapped_to_the_next_one(model, wanted_s, made_s):
    assert seconds_of(MODELS[model], wanted_s) == made_s


@settings(max_examples=40)
@given(
    model=st.sampled_from(sorted(MODELS)),
    frames=st.integers(1, 3000),
    rate=st.sampled_from([12.0, 24000 / 1001, 24.0, 25.0, 48.0, 60.0]),
)
def test_every_frame_is_brought_by_one_part(model, frames, rate):
    plan = planned(model, frames=frames, rate=rate)
    brought = Counter()
    for number, chunk in enumerate(plan.chunks):
        assert chunk.overlap == (number > 0)
        end = chunk.first_frame + chunk.length_frames
        brought.update(range(chunk.first_frame + chunk.overlap, end))
        assert chunk.length_frames / rate <= MODELS[model].seconds[-1] + 1e-6
        assert chunk.made_frames >= chunk.length_frames
    assert brought == Counter(range(frames))


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_signal_has_one_fate_and_none_is_a_camera_that_is_used(model):
    plan = planned(model)
    fates = {use.signal: use for use in plan.uses}
    assert list(fates) == list(SIGNALS)
    assert {name for name in fates if fates[name].fate == "used"} == {
        *MODELS[model].takes,
        "prompt",
    }
    assert "no hosted model takes a trajectory" in fates["camera"].how
    assert fates["camera"].fate == (
        "merged" if "preview" in MODELS[model].takes else "dropped"
    )
    assert fates["depth"].fate == "dropped"


@pytest.mark.parametrize(
    ("model", "frames", "usd"),
    [("gen4_turbo", 48, 0.10), ("gen4_turbo", 49, 0.15), ("aleph2", 12, 0.56),
     ("veo3.1", 24, 1.60), ("gen4_turbo", 481, 0.05 * 21)],
)  # fmt: skip
def test_the_forecast_is_what_would_be_charged(model, frames, usd):
    assert planned(model, frames=frames).forecast.cost_usd == pytest.approx(usd)


def test_time_is_forecast_from_runs_of_the_same_model_alone():
    work = planned("gen4_turbo").work
    runs = [
        Run("hosted", "gen4_turbo", "", work=work, seconds=30.0),
        Run("hosted", "gen4_turbo", "", work=work, seconds=50.0),
        Run("hosted", "veo3.1", "", work=work, seconds=900.0),
    ]
    order = Order(backend="hosted", options={"model": "gen4_turbo"})
    forecast = (
        HostedBackend().plan(order, length_frames=96, rate_fps=24, runs=runs).forecast
    )
    assert forecast.seconds == pytest.approx(80.0)
    assert forecast.from_runs == 2
    assert planned().forecast.seconds is None


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "No budget is named"), ({"budget_usd": 0.2}, r"does not hold \$0.56")],
)
def test_a_plan_says_what_money_will_do(given, words):
    assert any(words.replace("\\", "") in told for told in planned(**given).warnings)


def test_a_plan_says_who_is_sent_the_pictures_and_how_time_is_fitted():
    told = " ".join(planned("veo3.1", frames=48, size=(960, 402)).warnings)
    assert "leave this machine, to Runway and Google" in told
    assert "4 s are made and played in 2.00 s" in told
    assert "960 × 402 is cut from 536 rows of 1280 × 720" in told
    assert "is shown no motion" in told


def test_a_price_is_warned_of_after_ninety_days():
    price = price_of("gen4_turbo")
    assert price.as_of is not None
    assert price.warning(price.as_of + timedelta(days=90)) is None
    assert "91 days old" in price.warning(price.as_of + timedelta(days=91))
    undated = price.changed(as_of=None)
    assert "no known date" in undated.warning(date(2026, 1, 1))


def test_every_model_has_a_price_with_a_source():
    for name in MODELS:
        price = price_of(name)
        assert isinstance(price, Price)
        assert price.source.startswith("https://")


def test_a_newer_table_can_be_named(tmp_path, monkeypatch):
    table = tmp_path / "prices.json"
    row = {"credits": 7, "as_of": "2026-11-01", "source": "https://example.org"}
    table.write_text(
        json.dumps(
            {
                "service": "Runway API",
                "usd_per_credit": 0.02,
                "usd_per_credit_source": "https://example.org",
                "credits_per_second": {"aleph2": row},
            }
        )
    )
    monkeypatch.setenv("PREVIZ_HOSTED_PRICES", str(table))
    assert planned().forecast.cost_usd == pytest.approx(0.28)
    with pytest.raises(PrevizError, match="must price gen4_turbo"):
        planned("gen4_turbo")
    table.write_text("{}")
    with pytest.raises(PrevizError, match="must name a table of prices"):
        planned()


def test_unknown_models_and_options_list_the_known():
    with pytest.raises(UnknownNameError, match=r"aleph2, gen4\.5, gen4_turbo"):
        planned("gen5")
    for hostile in (["aleph2"], {"a": 1}, None, 3):
        with pytest.raises(UnknownNameError):
            planned(hostile)
    order = Order(backend="hosted", options={"base_url": "https://evil.example"})
    with pytest.raises(UnknownNameError, match="base_url"):
        HostedBackend().plan(order, length_frames=24, rate_fps=24)
