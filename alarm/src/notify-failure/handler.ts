import { notifyFailureEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { notifyFailureDependencies } from './dependencies.ts';
import { notifyFailure } from './notify-failure.ts';

export const handler = lambdaHandler(notifyFailureEventSchema, notifyFailureDependencies, notifyFailure);
