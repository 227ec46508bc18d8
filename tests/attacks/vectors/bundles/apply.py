"""Writes the good bundle and each doctored one into folders; needs nothing but Python.

python3 apply.py OUT            every vector as OUT/NAME, or OUT/NAME.zip, OUT/NAME.tar
"""

import base64
import hashlib
import json
import lzma
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent


def raw(value: str | None) -> bytes | None:
    return None if value is None else base64.b64decode(value[7:]) if value.startswith("base64:") else value.encode()


def files_in(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def bagged(files: dict[str, bytes], between: dict[str, bytes]) -> dict[str, bytes]:
    """The files with their manifests made anew, as somebody would who changed them and hoped.

    ``between`` is put in after the manifests of the payload and before those of the tag files.
    """
    made = {name: data for name, data in files.items() if "manifest-" not in name or name.endswith(".sig")}
    sizes = [len(data) for name, data in made.items() if name.startswith("data/")]
    if "bag-info.txt" in made:
        lines = [one for one in made["bag-info.txt"].decode().splitlines() if not one.startswith("Payload-Oxum")]
        made["bag-info.txt"] = "\n".join([*lines, f"Payload-Oxum: {sum(sizes)}.{len(sizes)}", ""]).encode()
    made |= manifests(made, "", is_payload=True)
    made |= between
    return made | manifests(made, "tag", is_payload=False)


def manifests(files: dict[str, bytes], prefix: str, *, is_payload: bool) -> dict[str, bytes]:
    named = [one for one in sorted(files) if one.startswith("data/") == is_payload and "tagmanifest-" not in one]
    return {
        f"{prefix}manifest-{kind}.txt": "".join(
            f"{hashlib.new(kind, files[one]).hexdigest()}  {one}\n" for one in named
        ).encode()
        for kind in ("sha256", "sha512")
    }


def edited(good: dict[str, bytes], vector: dict) -> dict[str, bytes]:
    """The files of a doctored bundle: edits, then (between:) tag files, then (late:) what no manifest knows."""
    made = dict(good)
    put: dict[str, dict[str, bytes | None]] = {"": {}, "between": {}, "late": {}}
    for name, value in vector.get("edits", {}).items():
        phase, colon, rest = name.partition(":")
        put[phase if colon else ""][rest if colon else name] = raw(value)
    change(made, put[""])
    if vector.get("bagged"):
        made = bagged(made, {name: data for name, data in put["between"].items() if data is not None})
    change(made, put["late"])
    return made


def change(files: dict[str, bytes], edits: dict[str, bytes | None]) -> None:
    for name, data in edits.items():
        files.pop(name, None)
        if data is not None:
            files[name] = data


def write(vector: dict, good: dict[str, bytes], out: Path) -> Path:
    """One vector below ``out``; gives its place."""
    if "archive" in vector:
        target = out / f"{vector['name']}.{vector['archive']}"
        target.write_bytes(base64.b64decode(vector["bytes"]))
        return target
    target = out / vector["name"]
    shutil.rmtree(target, ignore_errors=True)
    for name, data in edited(good, vector).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    for name, points_to in vector.get("links", {}).items():
        (target / name).symlink_to(points_to)
    return target


def vectors(folder: Path = HERE) -> list[dict]:
    """What is done to the good bundle, one doctored one each."""
    return [json.loads(line) for line in lzma.decompress((folder / "doctored.jsonl.xz").read_bytes()).splitlines()]


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    whole = files_in(HERE / "good")
    for one in vectors():
        write(one, whole, place)
