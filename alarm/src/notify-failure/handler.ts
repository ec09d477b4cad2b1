import { failureNewsSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { notifyFailureDependencies } from './dependencies.ts';
import { tellNews } from './tell-news.ts';

export const handler = lambdaHandler(failureNewsSchema, notifyFailureDependencies, tellNews);
