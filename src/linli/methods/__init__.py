"""Numbers and nothing else: arrays in by position, frozen results out. No database, no ids, no clock, no pages.

    opinion/        what a room of people thinks, from who agreed with what
    budgeting/      what shared money pays for, from who asked for what
    sortition/      panels drawn by lot that are like the people they come from, with chances as equal as can be
    arrays.py  tables.py  bad_input.py   what arrays are called; CSV; what is said of input that cannot be taken
    runs.py         every public result as a file that anybody can recompute
    __main__.py     the same on the command line, and the only place that opens files

Chance comes in through a generator that the caller names. Inputs are never changed. The same numbers in give the same
numbers out, whatever the order, the number of threads or whether numba is installed.
"""
