"""Panels by lot: quotas kept, everybody's chance as fair as they allow, a draw that nobody can bend.

    pool.py  quotas.py  files.py    who may be drawn; how many of each; the field's files
    draw.py                         the sealed list, the seed, the draw: for panels, seats, and whatever is drawn by lot
    feasibility.py                  whether there is a panel; the smallest change of quotas if not
    kinds.py                        people alike in everything that counts
    probabilities.py                the fairest chances: leximin, maximin, nash, goldilocks
    panels.py  lottery.py           a lottery that has them, and the proof that none is fairer
    numbered.py                     1,000 numbered panels, each as likely as the next
    replacement.py  mirror.py       who comes instead; how closely a panel mirrors its pool
    solver.py                       HiGHS, the same way every time
    recipe.py  succession.py        from files to a run: of a panel, and of who comes instead
    wording.py  drawing.py          the words; the picture
    __main__.py                     its commands

Read `lottery.py` first, then what it calls.
"""
