"""What programmes show on pages of their own and of others."""

from linli.programmes.panels.days import (
    at_station,
    desk_sessions,
    polls_of,
    proposals_at,
    soon,
    submitted_below,
)

__all__ = ["at_station", "desk_sessions", "polls_of", "proposals_at", "soon", "submitted_below"]
