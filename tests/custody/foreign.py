"""Tools that others wrote, asked about our notes, proofs and signatures."""

import base64
import dataclasses
import json
import os
import subprocess
from pathlib import Path

GO_SOURCE = Path(__file__).parent / "go" / "foreign.go"


def build_go(folder: Path) -> Path:
    """The Go program, compiled against Debian's golang.org/x/mod and nothing from a network."""
    made = folder / "foreign"
    offline = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "", "GOPROXY": "off"}
    env = {**os.environ, **offline, "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
    subprocess.run(["go", "build", "-o", str(made), str(GO_SOURCE)], env=env, check=True, capture_output=True)
    return made


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


@dataclasses.dataclass
class Go:
    """Go's sumdb/note and sumdb/tlog; an answer is a text, or a fault."""

    program: Path

    def ask_all(self, requests: list[dict[str, object]]) -> list[tuple[str, str]]:
        lines = "".join(json.dumps({name: _plain(value) for name, value in one.items()}) + "\n" for one in requests)
        done = subprocess.run([self.program], input=lines.encode(), capture_output=True, check=True)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return [(one["text"], one["fault"]) for one in answers]

    def ask(self, what: str, **parts: object) -> tuple[str, str]:
        return self.ask_all([{"ask": what, **parts}])[0]


def ssh_verify(folder: Path, message: bytes, signature: bytes, signers: bytes, *, name: str) -> str:
    """What ``ssh-keygen -Y verify`` complains about; empty when it accepts."""
    (folder / "signers").write_bytes(signers)
    (folder / "message.sig").write_bytes(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", folder / "signers", "-I", name, "-n", "quoth"]
    done = subprocess.run([*command, "-s", folder / "message.sig"], input=message, capture_output=True, check=False)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode() or "refused"


def ssh_sign_with(folder: Path, key_file: Path, message: bytes, *, namespace: str = "quoth") -> bytes:
    """A signature that ``ssh-keygen -Y sign`` makes."""
    (folder / "to-sign").write_bytes(message)
    (folder / "to-sign.sig").unlink(missing_ok=True)
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", key_file, "-n", namespace, folder / "to-sign"]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "to-sign.sig").read_bytes()
