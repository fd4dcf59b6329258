"""Tables on disk: Parquet whose columns say what they mean and whose pages carry checksums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError, quoted
from simulation.recording.atomic import PATH
from simulation.theory.layout import PERSON, TIE

if TYPE_CHECKING:
    import pandas as pd

KIND = b"interpersonal-cycles"
"""Key in the file's metadata under which the kind of table stands."""
_MEANINGS = {
    "tick": ("1", "tick, from 0"),
    "day": ("day", "days since the start of the run, at the end of the tick"),
    "person": ("name", "the person whose row it is"),
    "other": ("name", "the other person, if there is one"),
    "id": ("1", "number of the event; events are in its order"),
    "cause": ("1", "id of the event that caused this one, -1 if none did"),
    "kind": ("word", "what kind of event"),
    "what": ("word", "the act, reply, strategy, self-state or life event"),
    "felt": ("word", "strongest felt reaction, of percepts of acts"),
    "perceived": ("1", "valence of percepts in [-1, 1]; size of episodes and crises; pain left after coping"),
    "strength": ("1", "size of the felt reaction"),
}


def write_table(frame: pd.DataFrame, path: Path, kind: str) -> None:
    """Write a table: numbers in full, words as dictionaries, both compressed.

    Args:
        frame: The table. Names and words are categories; all categories survive, used or not.
        path: Where to.
        kind: What kind of table it is, so that it cannot be taken for another.

    Raises:
        OSError: It cannot be written.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    fields, words = [], []
    for field in table.schema:
        about = dict(zip(("unit", "meaning"), _meaning(field.name), strict=True))
        if isinstance(frame[field.name].dtype, pd.CategoricalDtype):
            words_there = frame[field.name].cat.categories
            about["categories"] = json.dumps([str(words_there.dtype), list(words_there)])
            words.append(field.name)
        fields.append(field.with_metadata(about))
    floats = [field.name for field in fields if pa.types.is_floating(field.type)]
    schema = pa.schema(fields, metadata={**table.schema.metadata, KIND: kind.encode()})
    pq.write_table(
        table.cast(schema),
        path,
        compression="zstd",
        use_dictionary=words,
        use_byte_stream_split=floats,  # the bytes of alike numbers side by side: they compress far better
        write_page_checksum=True,
    )


def read_table(path: Path, kind: str) -> pd.DataFrame:
    """Return a table as it was written.

    Raises:
        InputError: The file is missing, damaged, or something else.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            _check_kind(file.schema_arrow, path, kind)
            table = file.read()
            frame = table.to_pandas()
    except FileNotFoundError:
        raise InputError(f"{quoted(path, PATH)} is missing; the folder is not a complete run") from None
    except PermissionError:
        raise InputError(f"{quoted(path, PATH)} cannot be read: permission denied") from None
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{quoted(path, PATH)} is damaged or cut short, or is no Parquet file: {_first(error)}"
        ) from None
    for field in table.schema:
        categories = (field.metadata or {}).get(b"categories")
        if categories is not None:
            dtype, there = json.loads(categories)
            frame[field.name] = frame[field.name].astype(pd.CategoricalDtype(pd.Index(there, dtype=dtype)))
    return frame


def check_table(path: Path, kind: str) -> None:
    """Read only the end of a file, which tells whether it is complete and what it is.

    Raises:
        InputError: The file is missing, cut short, or something else.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        _check_kind(pq.read_schema(path), path, kind)
    except FileNotFoundError:
        raise InputError(f"{quoted(path, PATH)} is missing; the folder is not a complete run") from None
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{quoted(path, PATH)} is damaged or cut short, or is no Parquet file: {_first(error)}"
        ) from None


def _check_kind(schema: Any, path: Path, kind: str) -> None:
    found = (schema.metadata or {}).get(KIND, b"").decode(errors="replace")
    if found != kind:
        what = f"a table of {found}" if found else "a table of something else"
        raise InputError(f"{quoted(path, PATH)} is {what}, not of {kind}")


def _meaning(name: str) -> tuple[str, str]:
    if name in _MEANINGS:
        return _MEANINGS[name]
    quantity = PERSON.get(name) or TIE.get(name)
    return ("1", "") if quantity is None else (quantity.unit, quantity.meaning)


def _first(error: BaseException) -> str:
    """Return the first line of what a library says, on one line and without its full stop."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")[:200]
