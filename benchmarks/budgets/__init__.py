"""What `./linli bench budgeting` is made of."""
