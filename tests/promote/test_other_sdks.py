"""An SDK of Runway's that knows other requests than those that previz sends."""

from types import SimpleNamespace

import pytest

from previz.errors import MissingRuntimeError
from previz.promote.runway.keys import Secret
from previz.promote.runway.service import Patience, Service

ASKED = {"model": "gen4.5", "duration": 5}


def service_of(client):
    made = Service(Secret("key_x"), patience=Patience(), stopped=lambda: False)
    made.close()
    made._client = client
    return made


@pytest.mark.parametrize(
    "client",
    [
        SimpleNamespace(),
        SimpleNamespace(image_to_video=SimpleNamespace(create=lambda *, model: None)),
    ],
)
def test_a_request_that_the_sdk_does_not_know_is_told_before_it_is_paid(client):
    with pytest.raises(MissingRuntimeError, match="knows image_to_video, got another"):
        service_of(client).check("image_to_video", ASKED)


def test_what_the_sdk_knows_may_be_asked():
    client = SimpleNamespace(
        image_to_video=SimpleNamespace(create=lambda *, model, duration=4: None)
    )
    service_of(client).check("image_to_video", ASKED)
