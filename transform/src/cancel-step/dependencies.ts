import { EMRClient } from '@aws-sdk/client-emr';
import type { CancelStepDependencies } from './cancel-step.ts';

/** EMR as the function's role may use it. */
export function cancelStepDependencies(): CancelStepDependencies {
  return { emr: new EMRClient({}) };
}
