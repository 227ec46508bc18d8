"""Tasks: one step on one scope, named by its key.

- The key is a digest over step, scope, tool, version, inputs and settings: equal tasks are one.
- A task is plain data, so that it can travel to a worker.

Example::

    Task(step="read", scope="x-…", tool="quoth.read.html", version="1", inputs=(digest,)).key
"""

import dataclasses

from quoth.record.rendition import Derivation, Setting
from quoth.record.wire import canonical
from quoth.terms.digest import Digest, digest_of

__all__ = ["Done", "Failed", "Task", "settings_of"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done: ``inputs`` are objects of the case, ``settings`` sorted by name.

    ``aside`` are settings that change nothing of what comes out (limits, a permission): the worker
    gets them, the key and the derivation do not.
    """

    step: str
    scope: str
    tool: str
    version: str
    inputs: tuple[Digest, ...]
    settings: tuple[Setting, ...] = ()
    aside: tuple[Setting, ...] = ()

    @property
    def key(self) -> Digest:
        """The name of the task, equal for equal tasks on every machine."""
        return digest_of(
            canonical(
                {
                    "inputs": list(self.inputs),
                    "scope": self.scope,
                    "settings": {one.name: one.value for one in self.settings},
                    "step": self.step,
                    "tool": self.tool,
                    "version": self.version,
                }
            )
        )

    def setting(self, name: str) -> str:
        """The value of a setting, empty when there is none."""
        return next((one.value for one in (*self.settings, *self.aside) if one.name == name), "")

    def derivation(self, records: Digest, outputs: tuple[Digest, ...]) -> Derivation:
        """The record that says what this task gave."""
        return Derivation(
            step=self.step,
            scope=self.scope,
            tool=self.tool,
            version=self.version,
            inputs=self.inputs,
            settings=self.settings,
            outputs=outputs,
            records=records,
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a task gave: records as canonical JSON lines, blobs, and what people should be told of it."""

    task: Task
    records: bytes
    blobs: tuple[bytes, ...] = ()
    told: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A task that could not be done, in one clear line."""

    task: Task
    reason: str


def settings_of(**values: str) -> tuple[Setting, ...]:
    """Settings sorted by name; empty ones are left out."""
    return tuple(Setting(name=name, value=value) for name, value in sorted(values.items()) if value)
