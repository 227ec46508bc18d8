"""The exported graphs say what the network says, up to what eight bits lose, and export is repeatable."""

import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch", reason="comes with what training needs; make test installs it")

from quoth.attribute.export import export  # noqa: E402
from quoth.attribute.net import Size, Tagger  # noqa: E402


@pytest.fixture(scope="module", name="network")
def small_network():
    torch.manual_seed(7)
    model = Tagger(Size(words=9000, wide=48, inner=96, heads=4, layers=2, pair=16)).eval()
    with torch.no_grad():
        for table in (model.encoder.looks, model.encoder.hints):
            table.weight.normal_()
        for layer in model.encoder.layers:
            layer.first.weight[3] = 30.0
    return model


@pytest.fixture(scope="module", name="graphs")
def exported_graphs(network, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    export(network, folder)
    return {
        name: onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        for name in ("encoder", "pairs")
    }


def whole(*shape, below):
    return torch.randint(0, below, shape, generator=torch.Generator().manual_seed(5))


@pytest.mark.parametrize("length", [3, 61, 256])
def test_the_encoder_is_the_network(network, graphs, length):
    ids, case, quoted, hints = (whole(1, length, below=below) for below in (9000, 4, 3, 4))
    with torch.no_grad():
        vectors, anchor, _, acts, negative = network.encoder(ids, case, quoted, hints, torch.ones(1, length))
        piece, both = network.pairs.projected(vectors)
    wanted = (vectors, torch.sigmoid(anchor), torch.softmax(acts, -1), torch.sigmoid(negative), piece, both)
    fed = {"ids": ids, "case": case, "quoted": quoted, "hints": hints}
    given = graphs["encoder"].run(None, {name: value.numpy() for name, value in fed.items()})
    for mine, theirs in zip(given, wanted, strict=True):
        assert mine.shape == tuple(theirs[0].shape)
        assert np.abs(mine - theirs[0].numpy()).mean() < 0.04 * float(theirs.std() + theirs.abs().mean())


@pytest.mark.parametrize("anchors", [1, 4])
def test_the_pair_head_is_the_network(network, graphs, anchors):
    torch.manual_seed(3)
    piece, both, at = torch.randn(37, 16), torch.randn(37, 16), torch.randn(anchors, 48)
    near = tuple(whole(anchors, 37, below=below) for below in (38, 7, 5))
    with torch.no_grad():
        roles, types = network.pairs(piece[None], both[None], at, near)
    fed = {"piece": piece, "both": both, "at": at} | dict(zip(("distance", "sentence", "hint"), near, strict=True))
    given = graphs["pairs"].run(None, {name: value.numpy() for name, value in fed.items()})
    assert np.abs(given[0] - torch.softmax(roles, -1).numpy()).max() < 0.03
    assert np.abs(given[1] - torch.softmax(types, -1).numpy()).max() < 0.03


def test_export_is_repeatable(network, graphs, tmp_path):
    export(network, tmp_path / "one")
    export(network, tmp_path / "two")
    for name in ("encoder.onnx", "pairs.onnx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
