import * as z from 'zod';
import type { StartEvent } from '../../../common/contracts/events.ts';
import { settingsSchema, type Settings } from '../../../common/contracts/settings.ts';

const { shape } = settingsSchema;
const commaSeparated = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

/** The deployment's settings, as StartFunction's environment spells them. */
export const settingVariables = {
  KEYWORD_SET_NAME: shape.keywordSetName,
  ENVIRONMENT: shape.environment,
  INVOCATION: shape.invocation,
  SEARCH_FUNCTIONS: commaSeparated.pipe(shape.searchFunctions),
  DETAIL_FUNCTIONS: commaSeparated.pipe(shape.detailFunctions),
  DETAIL_BATCH_SIZE: z.coerce.number().pipe(shape.detailBatchSize),
  MAX_CONCURRENCY: z.coerce.number().pipe(shape.maxConcurrency),
};

/** The settings that an environment holds. */
export function settingsOf(environment: z.infer<z.ZodObject<typeof settingVariables>>): Settings {
  return {
    keywordSetName: environment.KEYWORD_SET_NAME,
    environment: environment.ENVIRONMENT,
    invocation: environment.INVOCATION,
    searchFunctions: environment.SEARCH_FUNCTIONS,
    detailFunctions: environment.DETAIL_FUNCTIONS,
    detailBatchSize: environment.DETAIL_BATCH_SIZE,
    maxConcurrency: environment.MAX_CONCURRENCY,
  };
}

/** What holds for one run: what its event gives, else what the deployment has. */
export function settingsOfRun(event: StartEvent, deployed: Settings): Settings {
  return {
    keywordSetName: event.keywordSetName ?? deployed.keywordSetName,
    environment: event.environment ?? deployed.environment,
    invocation: event.invocation ?? deployed.invocation,
    searchFunctions: event.searchFunctions ?? deployed.searchFunctions,
    detailFunctions: event.detailFunctions ?? deployed.detailFunctions,
    detailBatchSize: event.detailBatchSize ?? deployed.detailBatchSize,
    maxConcurrency: event.maxConcurrency ?? deployed.maxConcurrency,
  };
}
