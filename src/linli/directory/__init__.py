"""The directory: which stations there are, what they offer, and whether a door is open now.

A **station** 站点 stands at a node of the dated tree and keeps weekly hours (`OpeningRule` 开放时间), exceptions for single
days (`OpeningException` 临时调整) and, at most one at a time, what somebody there said just now (`LiveStatus` 实时状态), which
lapses by itself. A **service** 服务项目 of an **organisation** 组织 is offered at stations (HSDS: service_at_location).
Live status goes before exception, exception before season, season before the weekly rule.
"""
