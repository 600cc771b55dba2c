"""The directory in the Human Services Data Specification (HSDS), under `/hsds/`.

Our words and theirs: an organisation is an *organization*, a station a *location*, a service a *service*, and a service
at a station a *service_at_location*. `shapes` says what each object looks like; `briefs` and `wholes` make them from rows,
`kinds` finds the rows that were asked for, `views` answers. What differs from the standard is the profile HSDS-Linli, a
page of its own at `/hsds/profile`.
"""

VERSION = "3.1"
# The profile's own version: the first number grows with what would break a reader.
PROFILE_VERSION = "1.0"
