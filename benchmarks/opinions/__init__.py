"""What `./linli bench opinion` is made of."""
