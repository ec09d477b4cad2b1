-- Straight from extraction: the job has nothing to score of a post that is gone.
copy staging_gone
from 's3://${bucket}/${gonePrefix}'
iam_role '${copyRoleArn}'
format as json 'auto'
gzip;
