"""The doors of the finders: what opens, what is held against the text, what is refused and told."""

import ast
import json
import zlib
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed

from quoth.attribute import doors as doors_module
from quoth.attribute import tagger
from quoth.attribute.doors import ENDPOINT, GROUP, default, doors, finder, wanting
from quoth.attribute.endpoint import LONGEST, Endpoint, items_of, letters
from quoth.attribute.engine import attribute_text
from quoth.attribute.proposals import UNMEASURED, Checked, Outside, Proposal, Refused, Sender, Words, verified
from quoth.errors import AttributeRoomError, SealError
from quoth.record.statement import Act

TEXT = "Olen Varga said that the crews had sailed. The clerk said no.\nRuna Teld denied it."
PARAGRAPHS = [(0, 61), (62, 82)]


def w(words, at=None):
    return Words(words=words, at=at)


def proposal(**changed):
    usual = {
        "paragraph": 0,
        "source": w("Olen Varga"),
        "cue": w("said", 11),
        "content": (w("that the crews had sailed"),),
        "act": Act.SAY,
        "rule": "a test",
    }
    return Proposal(**{**usual, **changed})


class Scripted:
    """An outside engine that proposes what it was told to."""

    tool = "tests.scripted"
    version = "1"

    def __init__(self, *proposals):
        self.proposals = proposals

    def propose(self, text, paragraphs):
        yield from self.proposals


# ---- the doors


def test_every_door_is_found_by_its_entry_point_and_without():
    import importlib.metadata

    named = {point.name: point.load() for point in importlib.metadata.entry_points(group=GROUP)}
    assert set(named) >= {"tagger", "rules", "spacy", "endpoint"}
    assert all(door.name == name for name, door in named.items())
    assert {door.name for door in doors()} >= set(named)


def test_without_weights_the_rules_work_and_say_so(tmp_path, monkeypatch):
    monkeypatch.setattr(doors_module, "_WEIGHTS", tmp_path)
    opened = finder()
    assert opened.door.name == "rules"
    assert opened.by is None
    assert "plain rules alone" in opened.notice
    assert "weights" in opened.notice
    with pytest.raises(AttributeRoomError, match="tagger cannot work"):
        finder("tagger")
    assert attribute_text(TEXT, by=opened.by) == attribute_text(TEXT)


def test_with_whole_weights_the_tagger_is_the_usual_finder(tmp_path, monkeypatch):
    for name in tagger._FILES:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "settings.json").write_text('{"version": "7"}', encoding="utf-8")
    monkeypatch.setattr(doors_module, "_WEIGHTS", tmp_path)
    assert wanting(doors_module.TAGGER) == ""
    assert default() == ("tagger", "7", "")


def test_the_weights_are_looked_for_where_the_tagger_has_them():
    assert doors_module._WEIGHTS == tagger.WEIGHTS


def test_a_tagger_whose_libraries_are_missing_gives_way_to_the_rules(monkeypatch):
    real = doors_module.importlib.util.find_spec
    monkeypatch.setattr(
        doors_module.importlib.util, "find_spec", lambda name: None if name == "onnxruntime" else real(name)
    )
    name, _, notice = default()
    assert name == "rules"
    assert "not installed: onnxruntime" in notice


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("nobody", {}, "no finder 'nobody'"),
        ("rules", {"pipeline": "x"}, "no setting 'pipeline'"),
        ("spacy", {}, "needs the setting pipeline"),
        ("spacy", {"pipeline": "en_no_such_pipeline"}, "cannot be loaded"),
        ("endpoint", {"url": "http://127.0.0.1:1"}, "needs the setting model"),
        ("endpoint", {"url": "http://127.0.0.1:1", "model": "m", "characters": "x"}, "no size of a request"),
    ],
)
def test_what_cannot_open_says_why_and_what_helps(name, settings, said):
    with pytest.raises(AttributeRoomError, match=said) as raised:
        finder(name, settings)
    assert raised.value.hint


def test_a_missing_library_names_the_extra(monkeypatch):
    monkeypatch.setattr(doors_module.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(AttributeRoomError, match="not installed: spacy") as raised:
        finder("spacy", {"pipeline": "x"})
    assert "quoth[spacy]" in raised.value.hint


def test_sealed_material_is_refused_before_anything_is_asked():
    asked = []
    with pytest.raises(SealError, match="sealed material does not leave"):
        finder("endpoint", {"url": "http://127.0.0.1:1", "model": "m"}, sealed=True, carry=asked.append)
    assert asked == []
    assert finder("rules", sealed=True).by is None


def test_no_room_of_the_corridor_imports_a_network_client():
    rooms = Path(doors_module.__file__).parents[1]
    clients = {
        "http",
        "socket",
        "ssl",
        "urllib.request",
        "requests",
        "httpx",
        "aiohttp",
        "asyncio",
        "ftplib",
        "smtplib",
    }
    found = []
    for room in ("attribute", "collect", "read", "resolve", "verify", "weigh", "publish", "seal"):
        for path in sorted((rooms / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found += [f"{path.name}: {one}" for one in names if one in clients or one.split(".")[0] == "http"]
    assert found == []


# ---- verbatim or refused


def test_a_proposal_that_stands_becomes_a_draft():
    made = verified(TEXT, PARAGRAPHS, proposal())
    assert TEXT[slice(*made.source)] == "Olen Varga"
    assert made.cue == (11, 15)
    assert [TEXT[slice(*part)] for part in made.content] == ["that the crews had sailed"]
    assert made.sure == UNMEASURED


REFUSED = [
    ({"paragraph": 7}, "paragraph that was not given"),
    ({"paragraph": -1}, "paragraph that was not given"),
    ({"source": None, "cue": None}, "neither a source nor a cue"),
    ({"content": ()}, "no content"),
    ({"source": w("Olen Vargas")}, "source does not stand in the paragraph"),
    ({"source": w("olen varga")}, "source does not stand in the paragraph"),
    ({"source": w("Olen  Varga")}, "source does not stand in the paragraph"),
    ({"source": w("Olen Varga ")}, "begins or ends with a space"),
    ({"source": w("Runa Teld")}, "source does not stand in the paragraph"),
    ({"source": w("")}, "source is empty"),
    ({"source": w("Olen Varga", 1)}, "does not stand at the place given"),
    ({"source": w("Olen Varga", -62)}, "does not stand at the place given"),
    ({"source": w("Runa Teld", 62)}, "does not stand at the place given"),
    ({"cue": w("said")}, "more than once"),
    ({"cue": w("ai")}, "cue does not stand"),
    ({"cue": w("ai", 12)}, "cue does not stand at the place given"),
    ({"cue": w("sailed")}, "cue and its content overlap"),
    ({"source": w("the crews")}, "source and its content overlap"),
    ({"addressee": w("Olen")}, "source and its addressee overlap"),
    ({"content": (w("The clerk"), w("the crews"))}, "not in the order of the text"),
    ({"content": (w("the crews"), w("crews had"))}, "content and its content overlap"),
    ({"sentence": "The clerk said yes."}, "sentence does not stand"),
]


@pytest.mark.parametrize(("changed", "reason"), REFUSED)
def test_what_does_not_stand_or_contradicts_itself_is_refused_with_its_reason(changed, reason):
    made = verified(TEXT, PARAGRAPHS, proposal(**changed))
    assert isinstance(made, Refused)
    assert reason in made.reason


def test_a_sentence_tells_which_of_two_places_is_meant():
    made = verified(
        TEXT,
        PARAGRAPHS,
        proposal(source=w("The clerk"), cue=w("said"), content=(w("no"),), sentence="The clerk said no."),
    )
    assert made.cue == (53, 57)


def test_silence_needs_no_content_but_a_cue():
    text = "The warden did not respond."
    silent = {"content": (), "act": Act.NO_RESPONSE, "source": w("The warden")}
    assert verified(text, [(0, 27)], proposal(cue=w("did not respond"), **silent)).content == ()
    assert isinstance(verified(text, [(0, 27)], proposal(cue=None, **silent)), Refused)


@given(
    words=st.text(alphabet="abc “”.,\n", max_size=12),
    at=st.one_of(st.none(), st.integers(-5, 90)),
    paragraph=st.integers(-1, 3),
)
def test_whatever_is_proposed_a_draft_holds_exactly_those_words_of_that_paragraph(words, at, paragraph):
    text = "abc “a b” cab.\nbca, abc b.\naa bb cc"
    spans = [(0, 14), (15, 26), (27, 35)]
    made = verified(
        text, spans, Proposal(paragraph=paragraph, cue=w(words, at), content=(), act=Act.NO_RESPONSE, rule="r")
    )
    if isinstance(made, Refused):
        assert made.reason
    else:
        start, end = spans[paragraph]
        assert text[slice(*made.cue)] == words
        assert start <= made.cue[0] < made.cue[1] <= end


def test_proposals_that_contradict_each_other_are_refused_and_counted():
    clerk = {"source": w("The clerk"), "cue": w("said", 53)}
    engine = Checked(
        Scripted(
            proposal(),
            proposal(),
            proposal(source=w("Olen"), content=(w("the crews"),)),
            proposal(content=(w("sailed. The"),), source=None, cue=w("clerk")),
            proposal(content=(w("no"),), **clerk),
            Refused(words="x", reason="the engine said so"),
        )
    )
    drafts = engine.find(TEXT, PARAGRAPHS, [])
    assert [TEXT[slice(*draft.cue)] for draft in drafts] == ["said", "said"]
    taken, refused = engine.told()
    assert taken == 2
    assert sorted(one.reason for one in refused) == [
        "it was proposed twice",
        "its content crosses that of another proposal",
        "its cue is taken by another proposal",
        "the engine said so",
    ]
    assert engine.told() == (0, ()), "each refusal is told once"


def test_statements_carry_the_tool_and_version_of_whoever_found_them():
    engine = Checked(Scripted(proposal()))
    (statement,) = [one for one in attribute_text(TEXT, by=engine).statements if one.tool == "tests.scripted"]
    assert statement.version == "1"
    assert statement.confidence == UNMEASURED
    assert statement.reason.startswith("a test")


# ---- the endpoint's question and answer, without any network


def answered(*items):
    inner = json.dumps({"statements": list(items)})
    return json.dumps({"choices": [{"message": {"content": inner}}]}).encode()


def item(**changed):
    usual = {"paragraph": 1, "sentence": "Olen Varga said that the crews had sailed.", "source": "Olen Varga"}
    return {
        **usual,
        "cue": "said",
        "content": ["that the crews had sailed"],
        "act": "say",
        "negative": False,
        **changed,
    }


def test_the_same_text_gives_the_same_bytes_and_every_paragraph_once():
    sent = letters(TEXT, PARAGRAPHS, model="m", characters=40)
    assert sent == letters(TEXT, PARAGRAPHS, model="m", characters=40)
    assert [place for letter in sent for place, _ in letter.paragraphs] == [0, 1]
    assert len(sent) == 2
    assert "Runa Teld denied it." in json.loads(sent[1].body)["messages"][1]["content"]


def test_a_paragraph_that_is_too_long_is_told_and_not_sent():
    text = "x" * (LONGEST + 1)
    engine = Checked(Endpoint(model="m", characters=4000, carry=lambda body: pytest.fail("it was sent")))
    assert engine.find(text, [(0, len(text))], []) == []
    assert "was not sent" in engine.told()[1][0].reason


def test_without_permission_nothing_is_asked():
    with pytest.raises(AttributeRoomError, match="nobody allowed"):
        Checked(Endpoint(model="m", characters=4000)).find(TEXT, PARAGRAPHS, [])


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("word", "no JSON object"),
        (item(paragraph=3), "paragraph that was not given"),
        (item(paragraph=True), "paragraph that was not given"),
        (item(content=5), "neither text nor a list"),
        (item(content=["a", 5]), "neither text nor a list"),
        (item(source=["a"]), "not a text"),
        (item(act="shout"), "none of those asked for"),
        (item(act=["say"]), "none of those asked for"),
        (item(negative="yes"), "neither true nor false"),
        (item(source="The prime minister"), "source does not stand"),
        (item(content=["that the crews sank"]), "content does not stand"),
        (item(content=[""]), "content is empty"),
        (item(paragraph=2), "sentence does not stand"),
    ],
)
def test_an_odd_proposal_is_refused_and_the_right_one_beside_it_kept(bad, reason):
    engine = Checked(Endpoint(model="m", characters=4000, carry=lambda _body: answered(item(), bad)))
    drafts = engine.find(TEXT, PARAGRAPHS, [])
    assert [draft.cue for draft in drafts] == [(11, 15)]
    taken, refused = engine.told()
    assert taken == 1
    assert reason in refused[0].reason


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"choices": []}',
        answered(item())[:-9],
        b'{"choices":[{"message":{"content":null}}]}',
        b'{"choices":[{"message":{"content":"{\\"statements\\": NaN}"}}]}',
        b'{"choices":[{"message":{"content":"{\\"statements\\": [{}"}}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_whole_is_nothing(answer):
    assert items_of(answer) is None


def test_a_part_without_whole_json_is_told_and_the_rest_stands():
    asked = []

    def carry(body):
        asked.append(body)
        return answered(item()) if b"Olen" in body else b"{"

    engine = Checked(Endpoint(model="m", characters=40, carry=carry))
    assert len(engine.find(TEXT, PARAGRAPHS, [])) == 1
    assert "no whole JSON" in engine.told()[1][0].reason
    assert len(asked) == 3, "the broken one is asked once more"


def test_more_proposals_than_anyone_looks_at_are_refused_and_counted():
    many = [item(source="nobody") for _ in range(205)]
    engine = Checked(Endpoint(model="m", characters=4000, carry=lambda _body: answered(*many)))
    assert engine.find(TEXT, PARAGRAPHS, []) == []
    assert sum("more than 200" in one.reason for one in engine.told()[1]) == 5


def test_the_endpoint_can_show_what_it_would_send():
    opened = finder("endpoint", {"url": "http://127.0.0.1:1", "model": "m"})
    assert isinstance(opened.by.outside, Sender)
    assert ENDPOINT.sends
    engine: Outside = opened.by.outside
    assert engine.version == "1 m"


# ---- a real spaCy

TAUGHT = [
    ("The clerk said that the crews had sailed .", [1, 2, 2, 7, 5, 7, 7, 2, 2], "det nsubj ROOT mark det nsubj aux ccomp punct"),
    ("The warden told the court that the gate was open .", [1, 2, 2, 4, 2, 8, 7, 8, 2, 8, 2], "det nsubj ROOT det dobj mark det nsubj ccomp acomp punct"),
]  # fmt: skip


def spaced(words):
    return [not (place + 1 < len(words) and words[place + 1] in ".,") for place in range(len(words))]


@pytest.fixture(scope="module")
def small_pipeline(tmp_path_factory):
    """A pipeline with a real parser, trained here on two sentences, in a folder."""
    fix_random_seed(0)
    nlp = spacy.blank("en", meta={"name": "harbour", "version": "1.0.0"})
    shape = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 32, "depth": 2}
    shape |= {"embed_size": 300, "window_size": 1, "maxout_pieces": 2, "subword_features": True}
    model = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False}
    model |= {"hidden_width": 32, "maxout_pieces": 2, "use_upper": True, "tok2vec": shape}
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": model})
    examples = []
    for text, heads, deps in TAUGHT:
        words = text.split()
        gold = Doc(nlp.vocab, words=words, spaces=spaced(words), heads=heads, deps=deps.split())
        examples.append(Example(nlp.make_doc(gold.text), gold))
    learning = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=learning)
    folder = tmp_path_factory.mktemp("pipeline") / "en_harbour"
    nlp.to_disk(folder)
    return folder


def test_a_pipeline_from_a_folder_finds_who_says_what_to_whom(small_pipeline):
    opened = finder("spacy", {"pipeline": str(small_pipeline)})
    text = "The clerk said that the crews had sailed.\nThe warden told the court that the gate was open."
    found = [one for one in attribute_text(text, by=opened.by).statements if one.tool == "quoth.attribute.spacy"]
    assert [
        [" … ".join(part.exact for part in parts) for parts in (one.source, one.cue, one.addressee, one.content)]
        for one in found
    ] == [
        ["The clerk", "said", "", "that the crews had sailed"],
        ["The warden", "told", "the court", "that the gate was open"],
    ]
    assert all("en_harbour 1.0.0" in one.version for one in found)
    assert opened.by.told() == (2, ())


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(AttributeRoomError, match="no dependency parse"):
        finder("spacy", {"pipeline": str(tmp_path / "blank")})


def parsed(text, heads, deps):
    """The statements of a document with the parse given, through the real door and the real check."""
    from quoth.attribute.spacy_door import Pipeline

    nlp = spacy.blank("en")
    words = text.split()
    named = f"given_parse_{zlib.crc32(f'{text} {deps}'.encode())}"

    @spacy.Language.component(named)
    def given_parse(doc):
        return Doc(doc.vocab, words=words, spaces=spaced(words), heads=heads, deps=deps.split())

    nlp.add_pipe(named)
    engine = Checked(Pipeline(nlp=nlp, name="given 1"))
    plain = Doc(nlp.vocab, words=words, spaces=spaced(words)).text.strip()
    drafts = engine.find(plain, [(0, len(plain))], [])
    assert engine.told()[1] == ()

    def said(span):
        return plain[slice(*span)] if span else ""

    return [(said(one.source), said(one.cue), " … ".join(map(said, one.content)), one.negative) for one in drafts]


@pytest.mark.parametrize(
    ("text", "heads", "deps", "wanted"),
    [
        (  # spaCy's English labels: "according to"
            "According to the harbour log , the crews had sailed .",
            [9, 0, 4, 4, 1, 9, 7, 9, 9, 9, 9],
            "prep prep det compound pobj punct det nsubj aux ROOT punct",
            [("the harbour log", "According to", "the crews had sailed", False)],
        ),
        (  # Universal Dependencies: "according to"
            "According to the harbour log , the crews had sailed .",
            [4, 0, 4, 4, 9, 9, 7, 9, 9, 9, 9],
            "case fixed det compound obl punct det nsubj aux ROOT punct",
            [("the harbour log", "According to", "the crews had sailed", False)],
        ),
        (  # a parenthesis splits the content
            "The road , she said , was shut .",
            [1, 7, 4, 4, 7, 4, 7, 7, 7],
            "det nsubj punct nsubj parataxis punct aux ROOT punct",
            [("she", "said", "The road … was shut", False)],
        ),
        (  # negation and an apposition
            "Varga , a clerk , did not say that it sank .",
            [7, 0, 3, 0, 0, 7, 7, 7, 10, 10, 7, 7],
            "nsubj punct det appos punct aux neg ROOT mark nsubj ccomp punct",
            [("Varga, a clerk", "did not say", "that it sank", True)],
        ),
        (  # a passive with its agent
            "The clerk was told by Varga that it sank .",
            [1, 3, 3, 3, 3, 4, 8, 8, 3, 3],
            "det nsubjpass auxpass ROOT agent pobj mark nsubj ccomp punct",
            [("Varga", "was told", "that it sank", False)],
        ),
        (  # an infinitive of a verb that promises
            "Varga vowed to go .",
            [1, 1, 3, 1, 1],
            "nsubj ROOT aux xcomp punct",
            [("Varga", "vowed", "to go", False)],
        ),
        (  # a shared subject
            "Varga said it sank and denied it sailed .",
            [1, 1, 3, 1, 1, 1, 7, 5, 1],
            "nsubj ROOT nsubj ccomp cc conj nsubj ccomp punct",
            [("Varga", "said", "it sank", False), ("Varga", "denied", "it sailed", True)],
        ),
        (  # nobody speaks
            "The crews had sailed .",
            [1, 3, 3, 3, 3],
            "det nsubj aux ROOT punct",
            [],
        ),
    ],
)  # fmt: skip
def test_what_a_parse_gives(text, heads, deps, wanted):
    assert parsed(text, heads, deps) == wanted


def test_a_quotation_beside_the_cue_is_its_content():
    from quoth.attribute.spacy_door import Pipeline

    nlp = spacy.blank("en")
    text = "“It is over,” said Varga."

    @spacy.Language.component("quoted_parse")
    def quoted_parse(doc):
        words = [token.text for token in doc]
        at = words.index("said")
        heads = [at] * len(words)
        deps = ["dep"] * len(words)
        heads[at], deps[at] = at, "ROOT"
        deps[words.index("Varga")] = "nsubj"
        spaces = [bool(token.whitespace_) for token in doc]
        return Doc(doc.vocab, words=words, spaces=spaces, heads=heads, deps=deps)

    nlp.add_pipe("quoted_parse")
    engine = Checked(Pipeline(nlp=nlp, name="given 1"))
    (draft,) = engine.find(text, [(0, len(text))], [])
    assert text[slice(*draft.content[0])] == "“It is over,”"
    assert text[slice(*draft.source)] == "Varga"


def test_a_pipeline_that_fails_is_one_clear_error():
    from quoth.attribute.spacy_door import Pipeline

    nlp = spacy.blank("en")

    @spacy.Language.component("failing")
    def failing(doc):
        raise ValueError("the parser broke")

    nlp.add_pipe("failing")
    engine = Checked(Pipeline(nlp=nlp, name="broken 1"))
    with pytest.raises(AttributeRoomError, match="the parser broke") as raised:
        engine.find(TEXT, PARAGRAPHS, [])
    assert "kept" in raised.value.hint
    assert engine.told() == (0, ())
