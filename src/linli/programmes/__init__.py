"""Programmes 服务品牌: what's on, a seat, an arrival.

A **programme** is a brand a unit runs: study 学习, culture and sport 文体, volunteering and giving 公益, shared governance
共治. Its **sessions** 场次 happen in a room, online, or outdoors along a route; they come one by one, as copies, or as a
**series** 系列 after a rule. A self-run group proposes a session with a station as its sponsor.

A **sign-up** 报名 is one attendee's: waiting → offered → confirmed, and then it came, or was cancelled, lapsed or released.
Seats are counted in one place (`actions/seats.py`): never more than there are, never one empty while somebody waits who
could still be asked in time. Whoever has no account has a ticket link from the desk. **Arrival** 到场 is voluntary; a
head-count says the same of a room without anybody's name. Afterwards come three questions, and the counts stay when the
names have gone.

Words: programme 服务品牌 · session 场次 · seat 名额 · sign-up 报名 · waiting list 候补 · offer 候补名额 · ticket 票 · arrival 到场
· head-count 人数 · series 系列 · poll 想要什么 · block of seats 团体名额.
"""
