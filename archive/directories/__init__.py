"""Which co-ops does a published file name? Registers and lists, told apart by their headers.

Files are read row by row: memory grows with the co-ops kept, never with the file.
"""

from archive.directories.kinds import Reading, read

__all__ = ["Reading", "read"]
