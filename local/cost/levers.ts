import { estimateMonth, type Estimate, type EstimateRequest } from './estimate.ts';
import { parameterName } from './root-parameters.ts';

export interface Lever {
  /** As one would say it: `BaseCapacity=4`. */
  readonly change: string;
  readonly estimate: Estimate;
}

/** The same month with something else set, one change a row and then those that go together, for whoever wants to pay less. */
export function pullLevers(base: EstimateRequest): Lever[] {
  const named = (application: string, name: string, value: string) => ({ [parameterName(base.rootTemplate, application, name)]: value });
  const smaller = named('Load', 'BaseCapacity', '4');
  const shortLived = named('Transform', 'IdleMinutes', '15');
  const changes: readonly (readonly [string, Partial<EstimateRequest>])[] = [
    ['BaseCapacity=4', { parameters: smaller }],
    ['IdleMinutes=15', { parameters: shortLived }],
    ['BaseCapacity=4 and IdleMinutes=15', { parameters: { ...smaller, ...shortLived } }],
    ['ScheduleMinutes=60', { scheduleMinutes: 60 }],
    ['engine emr-serverless', { engine: 'emr-serverless' }],
    ['engine emr-serverless and BaseCapacity=4', { engine: 'emr-serverless', parameters: smaller }],
    ['SecretsEndpoint=true', { parameters: named('Load', 'SecretsEndpoint', 'true') }],
  ];
  return changes.map(([change, changed]) => ({ change, estimate: estimateMonth({ ...base, ...changed }) }));
}
