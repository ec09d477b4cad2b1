import { createHash } from 'node:crypto';
import type { DeployedSparkApplication } from './application.ts';
import { type Created, type Creation, requiredText } from './creation.ts';
import { templateError } from './template-error.ts';

/** An application of EMR Serverless. @throws TemplateError for another engine than Spark, which the local run does not have. */
export function createSparkApplication(creation: Creation): Created<DeployedSparkApplication> {
  const { logicalId, account, type, place, stackName } = creation;
  const engine = requiredText(creation, 'Type');
  if (engine.toUpperCase() !== 'SPARK') throw templateError(place, `the local run knows applications of Type SPARK, not ${engine}`);
  const id = `00${createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 14)}`;
  const arn = `arn:aws:emr-serverless:${account.region}:${account.accountId}:/applications/${id}`;
  return {
    answers: { type, ref: id, attributes: { ApplicationId: id, Arn: arn } },
    deployed: { logicalId, id, releaseLabel: requiredText(creation, 'ReleaseLabel') },
  };
}
