"""How a reading child is cut off from every socket.

- A network namespace of its own (``unshare``, Linux) leaves it no interface to send by.
- A system call filter (seccomp BPF) refuses ``socket`` itself, those of the machine's own
  services too, and the ring that could make one; it needs no privilege and binds all children.
- Either one alone keeps the network away; both are tried, and ``cut_off`` says which took.

Example::

    assert cut_off()      # in the child, before the first byte is read
"""

import ctypes
import platform
import struct

__all__ = ["cut_off"]

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1
"""SECCOMP_RET_ALLOW, and SECCOMP_RET_ERRNO with EPERM."""
_NUMBER_AT, _MACHINE_AT = 0, 4
_X32 = 0x40000000
_RING = 425
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""AUDIT_ARCH and the number of ``socket`` by machine."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def cut_off() -> tuple[str, ...]:
    """Give up the network for good; gives the ways that took: ``namespace``, ``filter``."""
    library = ctypes.CDLL(None, use_errno=True)
    took = []
    if library.unshare(_NEW_USER | _NEW_NET) == 0 or library.unshare(_NEW_NET) == 0:
        took.append("namespace")
    if _filtered(library):
        took.append("filter")
    return tuple(took)


def _filtered(library: ctypes.CDLL) -> bool:
    """Whether the kernel took the filter; refused calls then fail with EPERM."""
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    machine, socket_call = known
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, 5, machine),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 3, 0, _X32),
        (_EQUAL, 2, 0, socket_call),
        (_EQUAL, 1, 0, _RING),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
