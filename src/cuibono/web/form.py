"""The fields of a form that a page sends: text alone, and not too much of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

MOST_FIELDS = 400


async def _give_form(request: Request) -> dict[str, str]:
    """Read the fields of a form; a file among them is refused by its type."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {key: value for key, value in form.items() if isinstance(value, str)}


FormGiven = Annotated[dict[str, str], Depends(_give_form)]
