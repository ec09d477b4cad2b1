"""What a newer reader adds is left out and counted, a field of another type is refused; on both engines."""

import json

import pytest

from engines import read_table, rows
from raw_batch import BATCH


@pytest.fixture(params=["sail", "spark"])
def dirty(request):
    engine = request.getfixturevalue(request.param)
    return engine.folder / "dirty", json.loads(engine.results["dirty"]["stdout"])


def test_lines_with_an_unknown_field_are_kept_without_it(dirty):
    folder, _ = dirty

    posts = read_table(folder, f"processed/post/batch={BATCH}")

    assert {"1003", "1022"} <= set(posts.column("post_id").to_pylist())
    assert not {"added_later", "reactions"} & set(posts.schema.names)


def test_each_unknown_field_is_counted_by_its_name_and_what_is_no_name_under_one(dirty):
    folder, counts = dirty

    assert counts["unknown_fields"] == {"post": {"added_later": 2, "other": 1}, "comment": {"reactions": 1}}
    stored = {(row["kind"], row["outcome"]): row["lines"] for row in rows(folder, f"processed/outcome/batch={BATCH}")}
    assert {key: lines for key, lines in stored.items() if key[0].endswith("_field")} == {
        ("post_field", "added_later"): 2,
        ("post_field", "other"): 1,
        ("comment_field", "reactions"): 1,
    }


def test_a_field_of_another_type_sends_its_line_to_quarantine(dirty):
    folder, counts = dirty

    refused = rows(folder, f"quarantine/transform/batch={BATCH}")

    views = [json.loads(row["line"])["views"] for row in refused if row["reason"] == "invalid_views"]
    assert True in views and [] in views
    assert counts["quarantined"]["post"]["invalid_views"] == len(views)
