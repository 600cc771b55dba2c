"""Spreadsheets in and out: stations, organisations and opening hours as XLSX or CSV.

Bytes become a table (`guard`, `files`), its headings a layout (`headings`, `columns`), its cells values (`reading`,
`cells`, `times`); these are held against what the directory holds (`held`, `comparing`, `checking`), and what comes of it
is a plan that somebody looks at first (`outcomes`). `writing` goes the other way, with the same columns. Only `actions` writes rows.
"""
