"""What a room thinks: from who agreed with what, to where people stand, which groups there are, and what all share.

    votes.py  files.py              votes as a compact matrix; the field's exports
    moderation.py  membership.py    which statements count; who has said enough
    components.py  projection.py    the two directions of most difference; where everybody stands on them
    clusters.py  silhouette.py  groups.py             who stands together
    proportions.py  representative.py  consensus.py   what each group says, and what nearly all say
    routing.py                      which statement somebody is asked next
    opinion_map.py                  all of that in one call
    state.py                        a room that is still talking
    stability.py  agreement.py  screening.py          whether groups hold; whether votes came in step
    alignment.py  changes.py        from one map to the next
    publication.py  drawing.py  wording.py            what may be shown; the picture; the words
    recipe.py                       from files to a run
    kernels.py  loops.py            compiled inner loops

Agreement is +1, disagreement −1, passing 0, everywhere.
"""
