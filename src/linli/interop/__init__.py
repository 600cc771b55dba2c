"""Interop: what the network shows to everybody, in the shapes that other programs know.

`hsds` is a read API in the Human Services Data Specification. Nothing here writes, and nothing is shown that the pages do
not show to a visitor.
"""
