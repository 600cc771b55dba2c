"""Linli 邻里: software for networks of community service stations and the co-governance around them."""

__version__ = "0.1.0"
