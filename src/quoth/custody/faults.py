"""Faults of a disk as errors for people.

Example::

    raise not_written(err, "storing an object") from err
"""

import errno

from quoth.errors import CustodyError

__all__ = ["not_written"]


def not_written(err: OSError, doing: str) -> CustodyError:
    """The error for people: what failed, what is kept, what to do."""
    reason = err.strerror or str(err)
    hints = {
        errno.ENOSPC: "free some space on this disk, then do the last step again",
        errno.EDQUOT: "your quota on this disk is used up: free some space, then do the last step again",
        errno.EFBIG: "a limit on file sizes was met: raise it, then do the last step again",
        errno.EROFS: "the case lies on a read-only file system: copy it, or mount it for writing",
        errno.EACCES: "you may not write there: check who owns the folder of the case",
        errno.EPERM: "you may not write there: check who owns the folder of the case",
        errno.EIO: "the disk reports an error: copy the case to another disk now, then run: quoth audit CASE",
    }
    return CustodyError(
        f"{doing} failed: {reason}; everything acknowledged before is kept, nothing of this batch is acknowledged",
        hint=hints.get(err.errno or 0, "nothing is half done: put the cause right, then do the last step again"),
    )
