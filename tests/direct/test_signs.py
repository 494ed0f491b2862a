import pytest

from previz.direct.signs import told_lettering
from previz.script import parse_fountain


def scene(action):
    return parse_fountain(f"EXT. STREET - NIGHT\n\n{action}\n").scenes[0]


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("Ann looks up. It says TONIGHT.", "TONIGHT"),
        ('The board reads "NO VACANCY" in red.', "NO VACANCY"),
        ("The marquee of the ORPHEUM drips.", "ORPHEUM"),
        ("The marquee of the ODEON drips. Its letters spell nothing.", " DE N"),
        ("Ann says nothing. Bo reads the paper.", None),
    ],
)
def test_a_board_says_what_the_action_tells(action, told):
    assert told_lettering(scene(action)) == told
