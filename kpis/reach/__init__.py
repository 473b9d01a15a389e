"""How far news, newsletter and social media reach, as snapshots with a definition each."""
