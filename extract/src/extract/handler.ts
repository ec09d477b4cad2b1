import { completionMarkers } from '../../../common/completion-markers.ts';
import { extractEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { extractDependencies } from './dependencies.ts';
import { extractPart } from './extract-part.ts';

export const handler = lambdaHandler(extractEventSchema, extractDependencies, extractPart, completionMarkers('extract'));
