"""Fine-tuning learns, and gives the same weights again; what it writes can be read back."""

import json

import pytest
import torch

from quoth.attribute.checkpoint import keep, network
from quoth.attribute.engine import attribute_text
from quoth.attribute.learn import Settings, train
from quoth.attribute.marked import read_marked
from quoth.attribute.net import Size, Tagger
from quoth.attribute.trained import open_finder
from quoth.attribute.tuning import lessons_of, write_weights
from quoth.errors import AttributeRoomError

SMALL = Size(wide=24, inner=32, heads=2, layers=1, pair=16, convolutions=(1, 2))
MARKED = [
    "{s1 named|Olen Varga} {c1 say|said} {t1|the gate was shut}. Rain fell on the harbour.",
    "{s1 group|The union} {c1 deny -|denied} {t1|that it had been told}. {s2 named|Teld} {c2 ask|asked} {t2|who knew}.",
    "{t1|“The book will show it,”} {c1 say|said} {s1 named|Teld}. The gulls were loud.",
    "Nobody was there. The boats lay still.",
]


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # networks this small only wait for each other
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def windows():
    return lessons_of(read_marked(one) for one in MARKED)


def small(seed=3):
    torch.manual_seed(seed)
    return Tagger(SMALL)


def taught(windows, seed):
    losses = []
    settings = Settings(epochs=30, batch=2, seed=seed, masked=0.0, dropout=0.0, encoder_rate=3e-3, head_rate=3e-3)
    model = train(windows, settings, start=small(), told=lambda _step, _steps, loss: losses.append(loss))
    return model, losses


def test_training_lowers_the_loss_and_gives_the_same_again(windows):
    first, losses = taught(windows, 5)
    again, same = taught(windows, 5)
    other, _ = taught(windows, 6)
    assert len(losses) == 60
    assert sum(losses[-10:]) < 0.5 * sum(losses[:10])
    assert losses == same
    weights = [one.state_dict() for one in (first, again, other)]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])
    assert not all(torch.equal(weights[0][name], weights[2][name]) for name in weights[0])


def test_a_network_kept_whole_is_the_same_network(windows, tmp_path):
    model, _ = taught(windows, 5)
    keep(model, tmp_path)
    again = network(tmp_path)
    assert again.size == SMALL
    assert all(torch.equal(value, again.state_dict()[name]) for name, value in model.state_dict().items())


def test_the_graphs_alone_give_the_network_back_to_eight_bits(windows, tmp_path):
    model, _ = taught(windows, 5)
    write_weights(model, tmp_path, None)
    (tmp_path / "tagger.safetensors").unlink()
    again = network(tmp_path)
    tables = tuple(f"pairs.{name}.weight" for name in ("distance", "sentence", "hint"))
    for name, value in model.state_dict().items():
        step = float(value.max() - value.min()) / 255
        if name not in tables:
            assert float((value - again.state_dict()[name]).abs().max()) <= step + 1e-6, name
    sums = []
    for one in (model, again):
        distance, sentence, hint = (one.state_dict()[name] for name in tables)
        sums.append(distance[:, None, None] + sentence[:, None] + hint)
    assert torch.allclose(*sums, rtol=0.0, atol=1e-5)


def test_the_written_weights_are_a_finder_with_a_version_of_its_own(windows, tmp_path):
    model, _ = taught(windows, 5)
    first = write_weights(model, tmp_path / "one", None)
    second = write_weights(small(4), tmp_path / "two", tmp_path / "one")
    assert first != second
    assert first.partition("+")[0] == second.partition("+")[0]
    settings = [json.loads((tmp_path / name / "settings.json").read_text(encoding="utf-8")) for name in ("one", "two")]
    assert settings[0] | {"version": second} == settings[1]
    finder = open_finder(tmp_path / "one")
    assert finder.version == first
    text = read_marked(MARKED[0]).text
    assert attribute_text(text, by=finder) == attribute_text(text, by=open_finder(tmp_path / "one"))


@pytest.mark.parametrize("broken", ["nothing", "size.json", "tagger.safetensors", "encoder.onnx"])
def test_what_is_no_network_is_refused_in_plain_words(broken, tmp_path):
    if broken != "nothing":
        keep(small(), tmp_path)
        (tmp_path / broken).write_bytes(b"[]")
    if broken == "encoder.onnx":
        (tmp_path / "tagger.safetensors").unlink()
    with pytest.raises(AttributeRoomError, match="no network to go on from"):
        network(tmp_path)
