"""Knows nothing of reviews: files, keys, what is kept by content, the settings of the environment."""
