import { CancelStepsCommand, paginateListSteps, type EMRClient } from '@aws-sdk/client-emr';
import type { CancelStepEvent, CancelStepResult } from '../../../common/contracts/events.ts';

export interface CancelStepDependencies {
  readonly emr: EMRClient;
}

/**
 * Cancels the steps of a batch that wait or run. Step Functions says of a step only when it ended, so it is found by its name, which the state
 * Transform gives it; steps of others on the cluster are left alone. `cancelled`: how many were asked to end. Errors are the SDK's own.
 */
export async function cancelStep({ batch, clusterId }: CancelStepEvent, { emr }: CancelStepDependencies): Promise<CancelStepResult> {
  const ids: string[] = [];
  for await (const { Steps = [] } of paginateListSteps({ client: emr }, { ClusterId: clusterId, StepStates: ['PENDING', 'RUNNING'] }))
    ids.push(...Steps.flatMap(({ Id, Name }) => (Id !== undefined && Name === `hotpost-${batch}` ? [Id] : [])));
  if (ids.length > 0)
    await emr.send(new CancelStepsCommand({ ClusterId: clusterId, StepIds: ids, StepCancellationOption: 'TERMINATE_PROCESS' }));
  return { cancelled: ids.length };
}
