"""What can go wrong, by name. The command line turns each into one line on stderr."""


class ArchiveError(Exception):
    """Our own errors; the message names the file, address or key and stands alone as one line."""


class SourceError(ArchiveError):
    """A source file cannot be used: the message names the file and the key."""


class RawError(ArchiveError):
    """A WARC file cannot be read or written: the message names the file and the offset."""


class DirectoryError(ArchiveError):
    """A co-op directory cannot be read: the message names the file and the line."""


class DecisionError(ArchiveError):
    """A decision about a co-op cannot be taken: the message names the co-op or the decision."""


class StoreError(ArchiveError):
    """The database cannot be opened or migrated: the message names the file."""


class PageError(ArchiveError):
    """One page cannot be read; the crawl goes on and the page is listed in ``problems``."""
