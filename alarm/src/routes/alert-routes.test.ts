import config from '../../../config/alert-routes.json' with { type: 'json' };
import { alertRoutesSchema, allDestinations, destinationsOf, NO_ROUTES, type AlertRoutes } from './alert-routes.ts';

const ROUTES: AlertRoutes = alertRoutesSchema.parse({
  default: ['slack'],
  operator: 'slack:operators',
  routes: [
    { keywordSets: ['recall'], to: ['slack:quality'] },
    { keywords: ['화재', '급발진'], to: ['slack:pr', 'sns'] },
    { keywords: ['화재'], sites: ['clien'], to: ['slack:quality', 'slack:pr'] },
  ],
  quietHours: [],
});
const post = (changes: object = {}) => ({ site: 'bobaedream', keywords: ['코나'], ...changes });

it.each([
  ['of no route to the default', post(), 'default', ['slack']],
  ['of a keyword set to its webhook', post(), 'recall', ['slack:quality']],
  ['of a keyword to all that the route names', post({ keywords: ['코나', '급발진'] }), 'default', ['slack:pr', 'sns']],
  [
    'of several routes to each destination once',
    post({ site: 'clien', keywords: ['화재'] }),
    'recall',
    ['slack:quality', 'slack:pr', 'sns'],
  ],
  ['only when every criterion of a route holds', post({ keywords: ['화재'] }), 'default', ['slack:pr', 'sns']],
])('sends a post %s', (_what, one, set, expected) => {
  expect(destinationsOf(one, set, ROUTES)).toEqual(expected);
});

it('names every destination once', () => {
  expect(allDestinations(ROUTES)).toEqual(['slack', 'slack:operators', 'slack:quality', 'slack:pr', 'sns']);
});

it('ships with everything to the default webhook', () => {
  expect(alertRoutesSchema.parse(config)).toEqual(NO_ROUTES);
});

it.each([
  ['a route without a criterion', { routes: [{ to: ['slack'] }] }, 'must name keywordSets, keywords or sites'],
  ['a destination that there is none of', { default: ['mail'] }, 'default'],
  ['a time that is none', { quietHours: [{ to: ['slack'], from: '25:00', until: '07:00' }] }, 'time of day'],
  ['a word that it does not know', { quietHour: [] }, 'quietHour'],
])('refuses %s', (_what, changes, complaint) => {
  const parsed = alertRoutesSchema.safeParse({ ...config, ...changes });

  expect(JSON.stringify(parsed.error?.issues)).toContain(complaint);
});
