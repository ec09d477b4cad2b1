"""`sam deploy --guided` as a person meets it first, every prompt answered by Enter but for the one that has no default; then `sam deploy` with what it saved, and a deletion that keeps the data."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from conftest import STACK, Cloud

CONTACT = "ops@example.test"


def test_a_guided_deployment_asks_for_every_parameter_and_goes_through(cloud: Cloud) -> None:
    cloud.create_secrets()
    template = Path(os.environ["HOTPOST_CLONE"], "template.yaml").read_text()
    parameters = template.split("\nParameters:\n")[1].split("\nConditions:\n")[0]
    names = [line[2:-1] for line in parameters.splitlines() if line.startswith("  ") and not line.startswith("   ")]
    # Stack name, region; parameters; confirm changes, role creation, rollback, save arguments, into which file, as which environment.
    answers = ["", "", *("" if name != "CrawlerContact" else CONTACT for name in names), "n", "", "", "", "guided.toml", ""]

    run = _sam_deploy(cloud, "--guided", answers=answers)

    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    asked = [line for line in run.stdout.splitlines() if "Parameter " in line]
    assert [name for name in names if not any(f"Parameter {name}" in line for line in asked)] == []
    assert cloud.stacks()[STACK] == "CREATE_COMPLETE"
    assert cloud.variables("SearchFunction")["CRAWLER_CONTACT"] == CONTACT

    again = _sam_deploy(cloud, "--config-file", "guided.toml", "--no-fail-on-empty-changeset")

    assert again.returncode == 0, again.stdout[-3000:] + again.stderr[-1000:]
    assert cloud.stacks()[STACK] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    assert cloud.variables("SearchFunction")["CRAWLER_CONTACT"] == CONTACT


def test_data_that_is_to_be_kept_outlives_the_stack(cloud: Cloud) -> None:
    """Goes on where the guided deployment ended."""
    run = cloud.deploy(f"CrawlerContact={CONTACT}", "RetainData=true")
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    buckets = [cloud.variables("RemoveBucketFunction")["DATA_BUCKET"], cloud.variables("AssetsFunction")["ASSETS_BUCKET"]]
    cloud.client("s3").put_object(Bucket=buckets[0], Key="raw/post/kept.ndjson.gz", Body=b"kept")
    before = [keys(cloud, bucket) for bucket in buckets]

    cloud.delete()

    assert [name for name in cloud.stacks() if name.startswith(STACK)] == []
    assert [keys(cloud, bucket) for bucket in buckets] == before
    assert all(before)


def keys(cloud: Cloud, bucket: str) -> list[str]:
    return [found["Key"] for found in cloud.client("s3").list_objects_v2(Bucket=bucket).get("Contents", [])]


def _sam_deploy(cloud: Cloud, *options: str, answers: list[str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [os.environ["HOTPOST_SAM"], "deploy", *options],
        cwd=os.environ["HOTPOST_CLONE"],
        env=cloud.environment,
        input="\n".join([*(answers or []), ""]),
        capture_output=True,
        text=True,
        check=False,
    )
