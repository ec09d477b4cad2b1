import type { DeployedTopic } from './application.ts';
import { type Created, type Creation, physicalName } from './creation.ts';

/** An SNS topic. Its subscriptions are mail addresses, which a laptop has no use for. */
export function createTopic(creation: Creation): Created<DeployedTopic> {
  const { logicalId, account, type } = creation;
  const name = physicalName(creation, 'TopicName');
  const arn = `arn:aws:sns:${account.region}:${account.accountId}:${name}`;
  return { answers: { type, ref: arn, attributes: { TopicArn: arn, TopicName: name } }, deployed: { logicalId, arn } };
}
