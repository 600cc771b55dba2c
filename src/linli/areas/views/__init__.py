"""Pages of the tree and of holidays."""
