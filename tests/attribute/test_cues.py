"""The lexicon is sound, and its forms are English."""

import pytest

from quoth.attribute.cues import ADJECTIVES, FORMS, FRAMES, HEDGES, NOUNS, inflect, load_table, read_lexicon
from quoth.attribute.drafts import CONFIDENCE
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act


@pytest.mark.parametrize(
    ("form", "lemma", "shape"),
    [
        ("said", "say", "d"), ("says", "say", "s"), ("told", "tell", "d"), ("denies", "deny", "s"), ("denied", "deny", "d"),
        ("admitted", "admit", "d"), ("planning", "plan", "g"), ("agreed", "agree", "d"), ("wrote", "write", "d"),
        ("written", "write", "n"), ("stresses", "stress", "s"), ("vowing", "vow", "g"), ("believes", "believe", "s"),
    ],
)  # fmt: skip
def test_forms(form, lemma, shape):
    assert (FORMS[form].lemma, FORMS[form].shape) == (lemma, shape)


def test_every_entry_has_frames_or_prepositions_that_are_known():
    table = load_table("cues.toml")
    for lemma in table["verbs"]:
        cue = FORMS[lemma]
        assert cue.frames <= FRAMES
        assert cue.frames or cue.prepositions or lemma == "back", lemma
    assert set(table["irregular"]) <= set(table["verbs"])
    assert set(table["spelling"]["doubles"]) <= set(table["verbs"])


def test_acts_of_nouns_and_adjectives():
    assert NOUNS["allegations"] is Act.ALLEGE
    assert NOUNS["testimonies"] is Act.SAY
    assert ADJECTIVES["confident"] is Act.BELIEVE
    assert "allegedly" in HEDGES


def test_an_unknown_act_is_refused():
    table = {"verbs": {"mumble": "MUMBLE q"}, "irregular": {}, "spelling": {"doubles": []}}
    with pytest.raises(AttributeRoomError, match="mumble"):
        read_lexicon(table)


def test_inflect_doubles():
    assert ("planned", "d") in inflect("plan", "", doubles=True)


def test_confidences_are_thousandths():
    assert all(0 < value < 1000 for value in CONFIDENCE.values())


def test_irregular_forms_are_words_of_their_own():
    table = load_table("cues.toml")
    for lemma, forms in table["irregular"].items():
        past, participle = forms.split()
        assert past.islower(), lemma
        assert participle.islower(), lemma
        assert FORMS[past].lemma == lemma, past
