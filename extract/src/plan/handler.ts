import { planEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { planDependencies } from './dependencies.ts';
import { planParts } from './plan-parts.ts';

export const handler = lambdaHandler(planEventSchema, planDependencies, planParts);
