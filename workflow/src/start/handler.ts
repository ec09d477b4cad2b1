import { startEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { startDependencies } from './dependencies.ts';
import { startRun } from './start-run.ts';

export const handler = lambdaHandler(startEventSchema, startDependencies, startRun);
