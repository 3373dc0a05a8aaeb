"""What rows does a file hold? CSV (plain, .gz, .zip) and Parquet, one row at a time."""

import codecs
import csv
import gzip
import importlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias, cast

from archive.errors import DirectoryError

Tell: TypeAlias = Callable[[str], None]
Row: TypeAlias = tuple[str, ...]

_DELIMITERS = ";,\t"
# A header longer than this is no header: the file is no table.
_LONGEST_HEADER = 100_000
# Rows of a Parquet file held at a time.
_PARQUET_BATCH = 10_000


class Table(Protocol):
    """A file with named columns."""

    header: Sequence[str]

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Yield each row's line number and its values in these columns, ``""`` where it has none."""
        ...


@contextmanager
def opened(path: Path, tell: Tell) -> Iterator[Table]:
    """Open the table in ``path``; rows that cannot be read are told, « line 12: … », and left out.

    Text that is not UTF-8 is taken for Windows-1252. Raises DirectoryError when the file cannot be read,
    is cut short, or needs the extra ``parquet``.
    """
    with ExitStack() as stack:
        try:
            if path.suffix == ".parquet":
                yield _ParquetTable(path)
            else:
                yield _CsvTable(stack.enter_context(_text(path)), tell, path)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise DirectoryError(f"{path}: {reason}") from error


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("coopress-windows", _as_windows)


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    with ExitStack() as stack:
        binary = stack.enter_context(_binary(path, stack))
        yield stack.enter_context(
            io.TextIOWrapper(binary, "utf-8-sig", errors="coopress-windows", newline="")
        )


def _binary(path: Path, stack: ExitStack) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path))
    if path.suffix != ".zip":
        return path.open("rb")
    folder = stack.enter_context(zipfile.ZipFile(path))
    names = [name for name in folder.namelist() if name.lower().endswith(".csv")]
    if len(names) != 1:
        raise DirectoryError(f"{path}: holds {len(names)} CSV files, one is wanted")
    return folder.open(names[0])


class _CsvTable:
    """Comma, semicolon or tab between the values, quotation marks around those that hold one."""

    def __init__(self, stream: IO[str], tell: Tell, path: Path) -> None:
        first = stream.readline(_LONGEST_HEADER)
        delimiter = max(_DELIMITERS, key=first.count)
        self._reader = csv.reader(chain([first], stream), delimiter=delimiter)
        self._tell = tell
        try:
            self.header: Sequence[str] = [name.strip() for name in next(self._reader, [])]
        except csv.Error as error:
            raise DirectoryError(f"{path}: line 1: {error}") from error

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Yield the number of each row's line and its values of these columns, in their order."""
        places = [self.header.index(name) for name in columns]
        width = len(self.header)
        for row in self._each():
            if len(row) == width:
                yield self._reader.line_num, tuple(row[place] for place in places)
            elif row:
                self._tell(f"line {self._reader.line_num}: {len(row)} values, {width} columns; left out")

    def _each(self) -> Iterator[list[str]]:
        while True:
            try:
                yield next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._tell(f"line {self._reader.line_num}: {error}; left out")


class _ParquetTable:
    """Read by pyarrow, which comes with the extra ``parquet``."""

    def __init__(self, path: Path) -> None:
        try:
            parquet = importlib.import_module("pyarrow.parquet")
        except ImportError as error:
            raise DirectoryError(
                f"{path}: reading Parquet needs the extra « parquet »: pip install 'coopress[parquet]'"
            ) from error
        try:
            self._file: Any = parquet.ParquetFile(path)
        except ValueError as error:  # pyarrow's ArrowInvalid
            raise DirectoryError(f"{path}: {error}") from error
        self.header: Sequence[str] = self._file.schema_arrow.names

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Yield the number of each row's line and its values of these columns, in their order."""
        line = 0
        for batch in self._file.iter_batches(_PARQUET_BATCH, columns=list(columns)):
            values = [batch.column(name).to_pylist() for name in columns]
            for row in zip(*values, strict=True):
                line += 1
                yield line, tuple("" if value is None else str(value) for value in row)
