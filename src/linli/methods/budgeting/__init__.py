"""Which projects a neighbourhood's money goes to, from who asked for what: and why each of the others does not get it.

    election.py                     costs and ballots as compact arrays
    pabulib.py  sections.py  ballots.py    the field's files: what they say, their rows, what voters wrote
    greedy.py                       most votes first, as most cities do it
    equal_shares.py  phragmen.py    everybody's equal part; everybody's equal burden
    completion.py  comparison.py    what is done with money that is left; do more people prefer the usual way
    purses.py  exact.py             money with a bound on its rounding; whole fractions for what rounding cannot decide
    kernels.py  loops.py            many sums one after the other, compiled, where that saves time
    satisfaction.py  proportionality.py   who got what; whether a group was passed over (EJR+)
    outcome.py  explanation.py      what was funded, round by round; what the others lacked
    recipe.py  wording.py  drawing.py      from files to a run; the words; the picture
    __main__.py                     the part of the command line

Money is counted in whole minor units everywhere. Every decision is the one that exact fractions would make.
"""
