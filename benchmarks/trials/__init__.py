"""What the trials of `./linli bench faults` are made of."""
