"""A stream of an OLE file, in which old Office programs pack their documents."""

import struct

_ENTRY = struct.Struct("<64sH50xII4x")


def stream(content: bytes, name: str) -> bytes:
    """The bytes of a stream, by its name in small letters; none where it is not there."""
    size, short = 1 << content[30], 1 << content[32]
    directory, cutoff, shorts, more = struct.unpack_from("<I4xII4xI", content, 48)
    sectors, tables = content[size:], content[76:512]
    most = len(sectors) // size
    while more < most and len(tables) < 436 + 4 * most:
        listed = sectors[more * size : (more + 1) * size]
        tables, more = tables + listed[:-4], _numbers(listed)[-1]
    places = [table * size for table in _numbers(tables) if table < most]
    following = _numbers(b"".join(sectors[place : place + size] for place in places))
    listed = _chain(sectors, size, following, directory)
    entries = list(_ENTRY.iter_unpack(listed[: len(listed) // _ENTRY.size * _ENTRY.size]))
    for title, length, start, bytes_ in entries:
        if title[: max(0, length - 2)].decode("utf-16-le", "replace").lower() == name:
            if bytes_ < cutoff:  # packed closer, in what the root itself holds
                following_short = _numbers(_chain(sectors, size, following, shorts))
                held = _chain(sectors, size, following, entries[0][2])
                return _chain(held, short, following_short, start)[:bytes_]
            return _chain(sectors, size, following, start)[:bytes_]
    return b""


def _numbers(listed: bytes) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<I", listed)]


def _chain(sectors: bytes, size: int, following: list[int], at: int) -> bytes:
    """The sectors from one on, by which follows each; a chain that bites its tail ends, too."""
    found: list[bytes] = []
    while at < len(following) and len(found) < len(following):
        found.append(sectors[at * size : (at + 1) * size])
        at = following[at]
    return b"".join(found)
