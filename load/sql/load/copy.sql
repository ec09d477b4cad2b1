-- All objects of one table of one batch. No column list: Parquet is matched by position either way, and the count must be equal.
copy staging_${table}
from 's3://${bucket}/${prefix}'
iam_role '${copyRoleArn}'
format as parquet;
