"""The demonstration network 演示网络: the real divisions of Jing'an, invented stations, organisations and people in them.

The network is data (the TOML files beside this one; one file in `stations/` for each division), read by `data.py` and
built by `load.py`. Nothing depends on the clock but the day of loading. It is never mixed with a real network.
"""
