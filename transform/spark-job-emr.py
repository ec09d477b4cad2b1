"""Entry point of the EMR step. Everything it does lies in hotpost_job (given by --py-files, or PYTHONPATH on a laptop).

spark-submit --py-files s3://ASSETS/code/pyspark/hotpost_job.zip s3://ASSETS/code/pyspark/spark-job-emr.py \
    --batch 20261120T050000Z --data s3://DATA --model s3://ASSETS/model/model.json
"""

import sys

try:
    from hotpost_job.job import main
except ModuleNotFoundError as error:
    sys.exit(f"{error}: give the job's modules, spark-submit --py-files …/hotpost_job.zip (or PYTHONPATH=hotpost_job.zip)")

if __name__ == "__main__":
    status = main(sys.argv[1:])
    if status != 0:
        sys.exit(status)
