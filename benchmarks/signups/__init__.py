"""What `./linli bench signup` is made of."""
