"""Pages that show several apps: home, stations, desk, search, my things; and the house around every page.

`site` is the top of the house: it may look at everything, and nothing looks at it.
"""
