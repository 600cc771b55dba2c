"""Measurements that anyone can repeat: `./linli bench NAME`. Each prints ratios with their spread, the last line JSON."""
