"""What may be wrong, how it is said, and the letters that say it."""
