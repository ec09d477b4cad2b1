import { prepareLoadEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { prepareLoadDependencies } from './dependencies.ts';
import { prepareLoad } from './prepare-load.ts';

export const handler = lambdaHandler(prepareLoadEventSchema, prepareLoadDependencies, prepareLoad);
