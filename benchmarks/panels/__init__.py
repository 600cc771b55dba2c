"""Sortition against its peer: pools, and each side in a process of its own."""
