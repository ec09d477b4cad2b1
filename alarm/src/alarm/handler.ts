import { alarmEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { alarmDependencies } from './dependencies.ts';
import { sendAlarms } from './send-alarms.ts';

export const handler = lambdaHandler(alarmEventSchema, alarmDependencies, sendAlarms);
