"""Keep and prove: the case on disk, its log, its audit.

- ``store``      the one door: put bytes, stage entries, commit, read back
- ``vault``      objects named by their SHA-256, written once
- ``staging``    temporary files, and the moment they take their place
- ``forcing``    what is written is on the disk, not only in memory
- ``ledger``     the hash-chained log, appended under a lock
- ``openings``   salts and values that open the log's commitments
- ``checkpoint`` the log's Merkle root in one small text
- ``signing``    Ed25519 keys in OpenSSH's format; ``key_files`` where they lie
- ``note``       signed notes (C2SP); ``sshsig`` signatures as OpenSSH makes them
- ``members``    who may sign in a case, by the rules for key changes
- ``signed``     signed checkpoints on the disk; ``late`` what is signed afterwards
- ``proofs``     proofs of entries and of growth, as texts for strangers
- ``forks``      checkpoints from elsewhere compared; another history is kept
- ``scrub``      a share of the objects read again; ``repair`` from a second copy
- ``folder``     the case file and the names of the folders
- ``mounts``     why a network file system is refused
- ``audit``      every promise of this room checked again, byte by byte
"""
