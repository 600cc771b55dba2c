"""The dated tree of units: city, district, subdistrict, grid, neighbourhood, building, station, organisation.

A *unit* 单元 is a node with a code that never changes. Its name and its place under a parent are *versions*
版本, each true for a half-open span of days. Levels are data: they get inserted, units merge, split, move and
close, with dates in the past (then the page says it was entered late) or in the future (then it is planned).

Every question can be asked two ways: *as it was* on a day, and *as it is*, where a unit that no longer stands
is counted with its heir. Also here: holiday years 节假日 (official or provisional) and terminology packs.
"""
