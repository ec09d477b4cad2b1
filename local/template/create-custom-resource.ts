import type { DeployedCustomResource } from './application.ts';
import { type Created, type Creation, requiredText } from './creation.ts';

/** A `Custom::…` resource. What its function will answer is not known yet, so nothing may refer to it but DependsOn. */
export function createCustomResource(creation: Creation): Created<DeployedCustomResource> {
  const { logicalId, type, properties, stackName } = creation;
  return {
    answers: {
      type,
      ref: `${stackName}-${logicalId}`,
      attributes: {},
      unanswerable: 'its function has not run when the local run reads the templates; use DependsOn',
    },
    deployed: { logicalId, functionArn: requiredText(creation, 'ServiceToken'), properties },
  };
}
