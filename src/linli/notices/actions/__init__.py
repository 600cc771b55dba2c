"""The verbs of notices.

What a person follows, reads and wants is theirs alone: these verbs leave no fact in the ledger. Only a consent does,
through `people`.
"""

from linli.notices.actions.choosing import choose_channels, stop
from linli.notices.actions.delivering import deliver_due
from linli.notices.actions.following import follow, unfollow
from linli.notices.actions.reading import mark_seen
from linli.notices.actions.telling import tell

__all__ = ["choose_channels", "deliver_due", "follow", "mark_seen", "stop", "tell", "unfollow"]
