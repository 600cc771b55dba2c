"""News 动态: what a station or an area tells everybody.

An **article** is written for one unit, in one language, as Markdown in which HTML may stand. It is a draft, then published
(now or at a time named), then perhaps corrected, which a line on it says for good, or withdrawn, which leaves its
address with the reason. What readers get is the cleaned HTML beside the source; nothing of another site is fetched for it.
Lists and feeds (Atom, JSON Feed) hold what a unit and all below it have published. Articles come in and go out as
Markdown with front matter; what comes back is equal to what went out.
"""
