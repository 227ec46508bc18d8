"""Evidence desk: who says so, through whom, on what evidence.

The rooms, in the order in which an article walks through them:

- ``terms``      values everyone uses: digest, anchor, when, phone, tongue
- ``record``     what a case is made of: frozen records, and ``wire`` which reads and writes them
- ``collect``    bring in: files, folders, archives, and the provenance beside them
- ``custody``    keep and prove: vault, ledger, audit
- ``seal``       protect: what may leave the case (``clear``)
- ``read``       bytes to passages
- ``attribute``  who says what via whom
- ``resolve``    who, which office, when
- ``verify``     does it hold: copies, calls against call records
- ``weigh``      how much it bears: origins, routes, gaps
- ``publish``    make it public: the dossier
- ``case``       one investigation; the only place that knows the order
- ``engine``     the steps mapped over workers
- ``cli``        the command ``quoth``
- ``desk``       the workbench in the browser
- ``demo``       the fictional case and its answer key
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
