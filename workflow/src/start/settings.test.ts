import { startEventSchema } from '../../../common/contracts/events.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { settingsOf, settingsOfRun, settingVariables } from './settings.ts';

const variables = {
  KEYWORD_SET_NAME: 'default',
  ENVIRONMENT: 'PROD',
  INVOCATION: 'sync',
  SEARCH_FUNCTIONS: 'search-a, search-b',
  DETAIL_FUNCTIONS: 'extract-a',
  DETAIL_BATCH_SIZE: '20',
  MAX_CONCURRENCY: '16',
};
const deployed = {
  keywordSetName: 'default',
  environment: 'PROD' as const,
  invocation: 'sync' as const,
  searchFunctions: ['search-a', 'search-b'],
  detailFunctions: ['extract-a'],
  detailBatchSize: 20,
  maxConcurrency: 16,
};

it('reads the settings from the environment', () => {
  expect(settingsOf(readEnvironment(settingVariables, variables))).toEqual(deployed);
});

it.each([
  ['SEARCH_FUNCTIONS', ' , ', 'SEARCH_FUNCTIONS (must be 1 to 10 functions, not [])'],
  ['DETAIL_BATCH_SIZE', '0', 'DETAIL_BATCH_SIZE (must be a whole number from 1 to 100, not 0)'],
  ['MAX_CONCURRENCY', '41', 'MAX_CONCURRENCY (must be a whole number from 1 to 40, not 41)'],
  ['INVOCATION', 'later', 'INVOCATION (must be sync or async, not "later")'],
])('refuses %s "%s"', (name, value, message) => {
  expect(() => readEnvironment(settingVariables, { ...variables, [name]: value })).toThrow(message);
});

it('lets an event replace each of them for its run', () => {
  const replaced = {
    keywordSetName: 'other',
    environment: 'DEV' as const,
    invocation: 'async' as const,
    searchFunctions: ['search-c'],
    detailFunctions: ['extract-b', 'extract-c'],
    detailBatchSize: 5,
    maxConcurrency: 2,
  };
  const event = (settings: object) => startEventSchema.parse({ batch: '20261120T053000Z', ...settings });

  expect(settingsOfRun(event(replaced), deployed)).toEqual(replaced);
  expect(settingsOfRun(event({}), deployed)).toEqual(deployed);
});
