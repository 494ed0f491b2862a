"""EXR files, read back with OpenEXR itself and with our reader."""

import json
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import OpenEXR
import pytest

from previz.deliver import Slate, id_of, read_exr, slate_attributes, write_exr
from previz.deliver.cryptomatte import murmur3
from previz.errors import FilmFolderError, PrevizError, UnknownNameError
from previz.model import Rate

NAMES = ("Ann", "Ben", "Élodie", "desk/3")


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(4)
    h, w = 37, 53
    numbers = np.array([id_of(name) for name in NAMES], np.uint32)
    ids = numbers[rng.integers(0, len(NAMES), (h, w, 3))]
    depth = rng.uniform(0.1, 90, (h, w)).astype(np.float32)
    depth[:9] = np.inf
    return SimpleNamespace(
        picture=(rng.uniform(0, 2, (h, w, 3)) ** 4).astype(np.float32),
        layers={
            "alpha": rng.uniform(0, 1, (h, w)).astype(np.float32),
            "depth": depth,
            "normal": rng.uniform(-1, 1, (h, w, 3)).astype(np.float32),
            "motion": rng.normal(0, 40, (h, w, 2)).astype(np.float32),
            "ids": ids,
            "coverage": rng.uniform(0, 1, ids.shape).astype(np.float32),
        },
    )


@pytest.fixture(scope="module")
def written(frame, tmp_path_factory):
    path = tmp_path_factory.mktemp("exr") / "000012.exr"
    slate = Slate("The Last Reel", "2B", "abc", Rate.of(29.97), 107892)
    write_exr(
        path, frame.picture, layers=frame.layers, names=NAMES,
        attributes={
            **slate_attributes(slate, 12),
            "worldToCamera": np.arange(16, dtype=np.float32).reshape(4, 4),
            "tStop": 2.8,
        },
    )  # fmt: skip
    return path


def test_ids_and_depth_come_back_to_the_bit(frame, written):
    back = read_exr(written)
    assert back.names == tuple(sorted(NAMES))
    for name in ("depth", "motion"):
        assert np.array_equal(back.layers[name], frame.layers[name])
    # Three ranks are kept as four, two a layer.
    for name in ("ids", "coverage"):
        assert np.array_equal(back.layers[name][..., :3], frame.layers[name])
        assert not back.layers[name][..., 3].any()


def test_the_picture_is_half_a_float_and_no_worse(frame, written):
    back = read_exr(written)
    assert np.array_equal(back.picture, frame.picture.astype(np.float16))
    channels = OpenEXR.File(str(written), separate_channels=True).channels()
    kinds = {name: channel.pixels.dtype for name, channel in channels.items()}
    assert kinds["R"] == kinds["A"] == kinds["N.X"] == np.float16
    assert kinds["Z"] == kinds["forward.u"] == kinds["CryptoObject00.R"] == np.float32


def test_the_header_says_time_rate_slate_camera_and_colour(written):
    header = OpenEXR.File(str(written), header_only=True).header()
    assert header["compression"] == OpenEXR.ZIP_COMPRESSION
    assert header["colorInteropID"] == "lin_rec709_scene"
    assert header["chromaticities"][:2] == pytest.approx((0.64, 0.33))
    code = header["timeCode"]
    # 107904 frames at 29.97: an hour and twelve frames, drop-frame.
    assert (code.hours, code.minutes, code.seconds, code.frame) == (1, 0, 0, 12)
    assert code.dropFrame == 1
    back = read_exr(written).attributes
    assert back["timeCode"] == "01:00:00;12"
    assert back["framesPerSecond"] == Fraction(30000, 1001)
    assert (back["film"], back["slate"], back["tStop"]) == (
        "The Last Reel", "2B", pytest.approx(2.8),
    )  # fmt: skip
    assert back["worldToCamera"][1, 2] == 6.0


@pytest.mark.parametrize(
    ("rate", "frame", "told", "stored"),
    [
        (Rate.of(48), 47, "00:00:00:47", (23, 1)),
        (Rate.of(50), 30, "00:00:00:30", (15, 0)),
        (Rate.of(Fraction(60000, 1001)), 59, "00:00:00;59", (29, 1)),
        (Rate.of(Fraction(24000, 1001)), 23, "00:00:00:23", (23, 0)),
    ],
)
def test_faster_rates_than_timecode_counts_share_its_frames(
    tmp_path, rate, frame, told, stored
):
    path = tmp_path / "fast.exr"
    said = slate_attributes(Slate(rate=rate), frame)
    write_exr(path, np.zeros((2, 2, 3), np.float32), attributes=said)
    code = OpenEXR.File(str(path)).header()["timeCode"]
    assert (code.frame, code.fieldPhase) == stored
    assert read_exr(path).attributes["timeCode"] == told


def test_mattes_follow_the_cryptomatte_specification(frame, written):
    file = OpenEXR.File(str(written), separate_channels=True)
    header, channels = file.header(), file.channels()
    # The first seven digits of the hash of "CryptoObject".
    keys = {name.rsplit("/", 1)[0] for name in header if name.startswith("crypto")}
    assert keys == {"cryptomatte/3ae39a5"}
    told = {
        name.rsplit("/", 1)[1]: value
        for name, value in header.items()
        if name.startswith("cryptomatte/")
    }
    assert told["name"] == "CryptoObject"
    assert told["hash"] == "MurmurHash3_32"
    assert told["conversion"] == "uint32_to_float32"
    manifest = json.loads(told["manifest"])
    assert set(manifest) == set(NAMES)
    seen = channels["CryptoObject00.B"].pixels
    assert np.isfinite(seen).all()
    hexes = {f"{bits:08x}" for bits in np.unique(seen.view(np.uint32))}
    assert hexes == set(manifest.values())
    assert np.array_equal(
        channels["CryptoObject01.G"].pixels, frame.layers["coverage"][..., 2]
    )


@pytest.mark.parametrize(
    ("text", "hashed"),
    [("", 0), ("test", 0xBA6BD213), ("Hello, world!", 0xC0363E43), ("a", 0x3C2569B2),
     ("The quick brown fox jumps over the lazy dog", 0x2E4FF723)],
)  # fmt: skip
def test_names_hash_as_murmur3_does(text, hashed):
    assert murmur3(text) == hashed


def test_no_id_is_a_denormal_or_a_nan():
    floats = np.array([id_of(f"n{k}") for k in range(5000)], np.uint32)
    exponents = (floats >> 23) & 255
    assert exponents.min() > 0
    assert exponents.max() < 255
    assert len(set(floats.tolist())) == len(floats)


def test_a_full_disk_is_named_and_leaves_nothing(frame, tmp_path, monkeypatch):
    def full(part, data):
        raise OSError(28, "No space left on device")

    (tmp_path / "a.exr").write_bytes(b"before")
    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(FilmFolderError, match=r"disk with room.*a\.exr"):
        write_exr(tmp_path / "a.exr", frame.picture)
    assert [x.name for x in tmp_path.iterdir()] == ["a.exr"]
    assert (tmp_path / "a.exr").read_bytes() == b"before"


def test_half_a_file_and_no_file_are_named(written, tmp_path):
    half = tmp_path / "half.exr"
    half.write_bytes(written.read_bytes()[:3000])
    for path in (half, tmp_path / "none.exr"):
        with pytest.raises(FilmFolderError, match=r"OpenEXR picture.*Delete it"):
            read_exr(path)


def test_wrong_layers_are_refused(frame, tmp_path):
    path = tmp_path / "a.exr"
    with pytest.raises(UnknownNameError, match="albedo"):
        write_exr(path, frame.picture, layers={"albedos": frame.picture})
    with pytest.raises(PrevizError, match=r"layers\['depth'\] must be of shape"):
        write_exr(path, frame.picture, layers={"depth": frame.picture})
    with pytest.raises(PrevizError, match="'coverage' of the same shape"):
        write_exr(path, frame.picture, layers={"ids": frame.layers["ids"]})
    assert not path.exists()


def test_light_beyond_half_floats_stays_finite(tmp_path):
    write_exr(tmp_path / "sun.exr", np.full((2, 2, 3), 1e9, np.float32))
    assert read_exr(tmp_path / "sun.exr").picture.max() == 65504.0
