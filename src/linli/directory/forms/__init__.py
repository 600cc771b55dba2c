"""Forms of the directory, by noun."""
