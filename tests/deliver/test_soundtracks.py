import wave

import pytest

from previz.deliver import Soundtrack
from previz.errors import FilmFolderError


@pytest.mark.parametrize("sample_bytes", [1, 3, 4])
def test_sound_of_other_bits_is_refused_and_not_read_as_noise(tmp_path, sample_bytes):
    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(sample_bytes)
        file.setframerate(8000)
        file.writeframes(bytes(12))
    with pytest.raises(FilmFolderError, match=rf"16 bits, got .*{8 * sample_bytes} b"):
        Soundtrack.of_wav(path)
