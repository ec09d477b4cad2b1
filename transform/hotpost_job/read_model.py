"""Finds the model that --model names: the document itself, or one that a pointer names (common/contracts/model-pointer.ts)."""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import SparkSession

from hotpost_job.errors import JobError
from hotpost_job.model import SCHEMA, Model, is_safe_version, model_of
from hotpost_job.read_raw import read_documents

REMEDY = "put a model that transform/training/train.py wrote there (a new deployment puts the shipped one)"
POINTER_FIELDS = {"model_version", "pinned"}


def read_model(spark: SparkSession, path: str) -> Model:
    """path: a model, or a pointer to a model in the same folder. Raises JobError, with what to do, when there is no model, when it or
    the pointer is damaged, or when it is for another version of the job."""
    document = _read_document(spark, path)
    if not _is_pointer(document):
        return _model_at(path, document)
    named = _path_named_by(path, document)
    why = f" ({path} points to it)"
    document = _read_document(spark, named, why)
    if _is_pointer(document):
        raise JobError(f"model {named} is a pointer{why}; let {path} name the version of a model")
    return _model_at(named, document, why)


def _is_pointer(document: Any) -> bool:
    return isinstance(document, dict) and "model_version" in document and "schema" not in document and not set(document) - POINTER_FIELDS


def _path_named_by(pointer: str, document: dict[str, Any]) -> str:
    version = document["model_version"]
    if not is_safe_version(version):
        raise JobError(f"model pointer {pointer} names the version {version!r}, which cannot name a file; let it name a model that lies beside it")
    if not isinstance(document.get("pinned", False), bool):
        raise JobError(f"model pointer {pointer} has pinned {document['pinned']!r}; write true or false")
    folder, slash, _ = pointer.rpartition("/")
    return f"{folder}{slash}{version}.json"


def _read_document(spark: SparkSession, path: str, why: str = "") -> Any:
    texts = read_documents(spark, path)
    if not texts:
        raise JobError(f"model {path} does not exist{why}; {REMEDY}")
    if len(texts) > 1:
        raise JobError(f"model {path} is {len(texts)} files; give the path of one model.json")
    try:
        return json.loads(texts[0])
    except (ValueError, RecursionError) as error:
        raise JobError(f"model {path} is no model ({error!r}){why}; {REMEDY}") from error


def _model_at(path: str, document: Any, why: str = "") -> Model:
    if not isinstance(document, dict) or "schema" not in document:
        raise JobError(f"model {path} is no model (it has no schema){why}; {REMEDY}")
    schema = document["schema"]
    if type(schema) is not int or schema != SCHEMA:
        remedy = "train it again (transform/training/train.py), or deploy the job and its model together" if schema in (1, 2) else REMEDY
        raise JobError(f"model {path} has schema {schema!r}, this job reads {SCHEMA}{why}; {remedy}")
    try:
        return model_of(document)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise JobError(f"model {path} is damaged ({error!r}){why}; {REMEDY}") from error
