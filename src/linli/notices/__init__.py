"""Notices: what a person chose to hear about, and how it reaches them.

A person follows a subject, anything with a public reference: a station, later a matter or a topic. When something
happens to it, each follower gets one notice in the inbox (收件箱). If they agreed to it, the notice also goes out by
e-mail or text message, at most once, never in their quiet hours, and one tap stops it. Nobody else can see what a
person follows, nor whether they read a notice.

Words: follow 关注 · notice 消息 · inbox 收件箱 · delivery 发送 · quiet hours 免打扰时段.
"""
