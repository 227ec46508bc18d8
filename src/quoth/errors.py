"""Errors: we could not work; each says what helps.

The outcome of a check is never an exception but a ``Finding``. An exception means only that
the work itself could not be done. One branch a room::

    QuothError
    ├── TermsError        a value is not what its type promises (also a ValueError)
    ├── RecordError       a record or its JSON does not fit the format (also a ValueError)
    ├── CollectError      something could not be taken in
    ├── CustodyError      the case on disk could not be read or written
    ├── SealError         something may not leave the case
    ├── ReadError         bytes could not be read as passages
    ├── AttributeRoomError  the statement engine could not work
    ├── ResolveError      names, offices or dates could not be resolved
    ├── VerifyError       a check could not be run
    ├── WeighError        weights could not be computed
    ├── PublishError      a dossier could not be written
    ├── CaseError         the case is missing, of another version, or busy
    ├── EngineError       the workers could not do their tasks
    ├── CliError          the command was used wrongly
    ├── DeskError         the desk could not start
    └── DemoError         the demo case is incomplete

Example::

    raise CaseError("no case at /tmp/x", hint="make one with: quoth init /tmp/x")
"""

__all__ = [
    "AttributeRoomError",
    "CaseError",
    "CliError",
    "CollectError",
    "CustodyError",
    "DemoError",
    "DeskError",
    "EngineError",
    "PublishError",
    "QuothError",
    "ReadError",
    "RecordError",
    "ResolveError",
    "SealError",
    "TermsError",
    "VerifyError",
    "WeighError",
]


class QuothError(Exception):
    """Base of all errors; ``hint`` tells a person what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def diagnostics(self) -> str:
        """The message and, on a line of its own, the hint."""
        return f"{self}\n  {self.hint}" if self.hint else str(self)


class TermsError(QuothError, ValueError):
    """A value is not what its type promises."""


class RecordError(QuothError, ValueError):
    """A record, or its JSON, does not fit the format; the message names the path."""


class CollectError(QuothError):
    """Something could not be taken in."""


class CustodyError(QuothError):
    """The case on disk could not be read or written."""


class SealError(QuothError):
    """Something may not leave the case."""


class ReadError(QuothError):
    """Bytes could not be read as passages."""


class AttributeRoomError(QuothError):
    """The statement engine could not work."""


class ResolveError(QuothError):
    """Names, offices or dates could not be resolved."""


class VerifyError(QuothError):
    """A check could not be run."""


class WeighError(QuothError):
    """Weights could not be computed."""


class PublishError(QuothError):
    """A dossier could not be written."""


class CaseError(QuothError):
    """The case is missing, of another version, or busy."""


class EngineError(QuothError):
    """The workers could not do their tasks."""


class CliError(QuothError):
    """The command was used wrongly."""


class DeskError(QuothError):
    """The desk could not start."""


class DemoError(QuothError):
    """The demo case is incomplete."""
