"""Make the kernel itself write less than it was asked to: the n-th write of a process, by its registers.

``strace`` can make a call fail, not make it do half. So the process is held with ptrace(2) and, at the entry of its n-th
``write`` or ``pwrite64``, the count in the register is halved; it may be killed right after, which is a torn write. x86-64 only.
"""

import ctypes
import os
import platform
import signal

HERE = platform.machine() == "x86_64" and os.uname().sysname == "Linux"
WRITES = (1, 18)
_GETREGS, _SETREGS, _SYSCALL, _DETACH, _SEIZE, _INTERRUPT, _INFO = 12, 13, 24, 17, 0x4206, 0x4207, 0x420E
_RDX, _ORIG_RAX, _COUNT = 12, 15, 27
_GOOD = 1  # PTRACE_O_TRACESYSGOOD


class _Info(ctypes.Structure):
    _fields_ = (("op", ctypes.c_uint8), ("rest", ctypes.c_uint8 * 87))


class Held:
    """A process held before it begins."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._call = ctypes.CDLL(None, use_errno=True).ptrace
        self._call.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
        self._call.restype = ctypes.c_long
        self._ask(_SEIZE, 0, _GOOD)
        self._ask(_INTERRUPT, 0, 0)
        os.waitpid(pid, 0)

    def run(self, number: int, *, kill: bool) -> tuple[int, bool]:
        """Let it run; its ``number``-th write is halved. Gives its wait status, and whether that write came."""
        seen, halved = 0, False
        self._ask(_SYSCALL, 0, 0)
        while True:
            _, status = os.waitpid(self._pid, 0)
            if not os.WIFSTOPPED(status):
                return status, halved
            stopped = os.WSTOPSIG(status)
            passed_on = 0
            if stopped == signal.SIGTRAP | 0x80:
                if self._entering():
                    regs = self._registers()
                    if regs[_ORIG_RAX] in WRITES and regs[_RDX] > 1:
                        seen += 1
                        if seen == number:
                            regs[_RDX] //= 2
                            self._ask(_SETREGS, 0, ctypes.addressof(regs))
                            halved = True
                elif halved and kill:
                    os.kill(self._pid, signal.SIGKILL)
                elif halved:
                    self._ask(_DETACH, 0, 0)
                    return os.waitpid(self._pid, 0)[1], True
            elif status >> 16 == 0 and stopped != signal.SIGTRAP:
                passed_on = stopped
            try:
                self._ask(_SYSCALL, 0, passed_on)
            except ProcessLookupError:
                return os.waitpid(self._pid, 0)[1], halved

    def _entering(self) -> bool:
        info = _Info()
        self._ask(_INFO, ctypes.sizeof(info), ctypes.addressof(info))
        return info.op == 1

    def _registers(self) -> ctypes.Array[ctypes.c_ulonglong]:
        regs = (ctypes.c_ulonglong * _COUNT)()
        self._ask(_GETREGS, 0, ctypes.addressof(regs))
        return regs

    def _ask(self, request: int, addr: int, data: int) -> None:
        if self._call(request, self._pid, addr, data) == -1:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
