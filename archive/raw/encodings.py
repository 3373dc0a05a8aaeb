"""How is a body unpacked that came as brotli? warcio's own way fails with brotli 1.1 and later."""

from typing import Any

from warcio.bufferedreaders import BufferedReader

try:
    import brotli  # type: ignore[import-untyped]
except ImportError:  # then such a body stays packed
    brotli = None


class _Brotli:
    """A brotli stream as warcio wants one: with what is left behind its end."""

    unused_data = b""

    def __init__(self) -> None:
        self._stream: Any = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        """Unpack the next part."""
        return bytes(self._stream.process(data))

    def flush(self) -> bytes:
        """Return nothing: every part was unpacked as it came."""
        return b""


def install() -> None:
    """Teach warcio to read brotli, where the library is at hand."""
    if brotli is not None:
        BufferedReader.DECOMPRESSORS["br"] = _Brotli
