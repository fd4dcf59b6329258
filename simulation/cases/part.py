"""What all parts of a file that a user writes have in common: nothing unknown, nothing converted, nothing changed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=100)]
Text = Annotated[str, Field(max_length=10_000)]

MAX_DAYS = 36_500


class Part(BaseModel):
    """A part of a file: strict about types, without unknown keys, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)
