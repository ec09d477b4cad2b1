import { assetKeys } from '../../../common/object-keys.ts';
import { InvalidObjectError, MissingObjectError } from '../../../common/errors.ts';
import type { ObjectStore } from '../../../common/object-store.ts';
import { fakeChannels } from '../channels/fake-channels.ts';
import { NO_ROUTES } from './alert-routes.ts';
import { readRouting } from './read-routing.ts';

const { channels } = fakeChannels().deps;

/** The assets bucket with this text, or an error instead of it. */
function assetsWith(content: string | Error): Pick<ObjectStore, 'readJson'> {
  return {
    readJson(key, schema) {
      expect(key).toBe(assetKeys.alertRoutes);
      if (content instanceof Error) return Promise.reject(content);
      const parsed = schema.safeParse(JSON.parse(content));
      return parsed.success ? Promise.resolve(parsed.data) : Promise.reject(new InvalidObjectError('the routes are wrong'));
    },
  };
}

it('reads the routes and asks for the channels that they name', async () => {
  const routes = { ...NO_ROUTES, default: ['slack:pr'] };
  const asked: string[][] = [];
  const prepare = (destinations: readonly string[]) => {
    asked.push([...destinations]);
    return Promise.resolve(['slack:pr is not there']);
  };

  const routing = await readRouting(assetsWith(JSON.stringify(routes)), { ...channels, prepare });

  expect(routing).toEqual({ routes, problems: ['slack:pr is not there'] });
  expect(asked).toEqual([['slack:pr', 'slack']]);
});

it('sends everything to the default webhook without a configuration', async () => {
  expect(await readRouting(assetsWith(new MissingObjectError('gone')), channels)).toEqual({ routes: NO_ROUTES, problems: [] });
});

it.each([
  ['that is wrong', '{"default":[]}', 'the routes are wrong'],
  ['that cannot be read', new Error('Access Denied'), 'Access Denied'],
])('keeps no warning back for a configuration %s, and says so', async (_what, content, problem) => {
  expect(await readRouting(assetsWith(content), channels)).toEqual({ routes: NO_ROUTES, problems: [problem] });
});
