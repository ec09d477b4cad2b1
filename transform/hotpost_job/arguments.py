"""The command line of the job."""

from __future__ import annotations

import argparse
import datetime
import re
from typing import NamedTuple, Sequence

from hotpost_job.errors import JobError


class Arguments(NamedTuple):
    """batch: YYYYMMDDTHHMMSSZ; data: URI prefix or directory without a final slash; model: URI or path of a model or of a pointer to one."""

    batch: str
    data: str
    model: str


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Raises JobError for a batch that is no UTC time; argparse ends the process with status 2 for a missing argument."""
    parser = argparse.ArgumentParser(prog="spark-job-emr.py")
    parser.add_argument("--batch", required=True, help="batch id, like 20261120T050000Z")
    parser.add_argument("--data", required=True, help="prefix of raw/, manifest/, processed/ and quarantine/: s3://bucket or a directory")
    parser.add_argument("--model", required=True, help="s3://… or the path of a model, or of a pointer to one beside it")
    given = parser.parse_args(argv)
    if not _is_batch(given.batch):
        raise JobError(f'batch "{given.batch}" is no UTC time like 20261120T050000Z; give the id of the batch that was extracted')
    return Arguments(given.batch, given.data.rstrip("/"), given.model)


def batch_instant(batch: str) -> str:
    """The time that a batch is named by, like 2026-11-20T05:00:00Z."""
    return datetime.datetime.strptime(batch, "%Y%m%dT%H%M%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_batch(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", text):
        return False
    try:
        batch_instant(text)
    except ValueError:
        return False
    return True
