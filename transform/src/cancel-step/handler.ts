import { cancelStepEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { cancelStep } from './cancel-step.ts';
import { cancelStepDependencies } from './dependencies.ts';

export const handler = lambdaHandler(cancelStepEventSchema, cancelStepDependencies, cancelStep);
