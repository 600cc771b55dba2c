"""Reads a directory of services in the Human Services Data Specification (HSDS), as CSV files.

`files` opens the package and gives rows, `days` and `hours` read opening times, `schedules`, `phones` and
`read` turn rows into the plain records of `records`, and whatever could not be understood into `remarks`.
Nothing here knows the database: `linli.directory.importing` writes what was read.
"""
