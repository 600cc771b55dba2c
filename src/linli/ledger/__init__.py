"""The ledger: a record of facts, not the source of state.

An action changes rows and, in the same transaction, records one fact (`record`). For everyone who asked to hear of it a
`Todo` is written beside it, and a background process (`linli work`) does it a moment later: at least tried, its effect
exactly once, and listed for the operator when it cannot be done. Events hold no personal word; sealing them into a
Merkle tree (RFC 9162) makes a quiet rewrite visible.
"""
