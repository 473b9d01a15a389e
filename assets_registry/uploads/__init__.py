"""Lists of software that people upload, and what becomes of their entries."""
