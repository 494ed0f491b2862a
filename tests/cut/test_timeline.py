from previz.cut import timeline


def test_clips_follow_each_other_without_gap(short_film):
    film = short_film()
    clips = timeline(film)
    ends = [clip.record_frame + clip.length_frames for clip in clips]
    assert [clip.record_frame for clip in clips] == [0, *ends[:-1]]
    assert ends[-1] == film.length_frames == 31


def test_clips_know_their_scene_and_shot(short_film):
    assert [(c.scene.number, c.shot.slate) for c in timeline(short_film())] == [
        ("1", "1A"),
        ("1", "1B"),
        ("1", "1C"),
        ("2", "2A"),
        ("2", "2B"),
    ]
