"""What does a page say? Pure functions: bytes in, values with their evidence out."""
