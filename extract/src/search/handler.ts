import { completionMarkers } from '../../../common/completion-markers.ts';
import { searchEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { searchDependencies } from './dependencies.ts';
import { findPosts } from './find-posts.ts';

export const handler = lambdaHandler(searchEventSchema, searchDependencies, findPosts, completionMarkers('search'));
