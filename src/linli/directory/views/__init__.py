"""Deeds of the directory, by noun; the pages that show it belong to `site`."""
