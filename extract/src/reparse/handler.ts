import { reparseEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { reparseDependencies } from './dependencies.ts';
import { reparseBatch } from './reparse-batch.ts';

export const handler = lambdaHandler(reparseEventSchema, reparseDependencies, reparseBatch);
