"""The versions of an asset, each with its day and notes."""
