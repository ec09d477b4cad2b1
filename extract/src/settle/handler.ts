import { settleEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { settleDependencies } from './dependencies.ts';
import { settlePhase } from './settle-phase.ts';

export const handler = lambdaHandler(settleEventSchema, settleDependencies, settlePhase);
