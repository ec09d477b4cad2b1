import type { ObjectStore } from '../../../common/object-store.ts';
import { ifThere } from '../../../common/object-store.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import type { Channels } from '../channels/channel.ts';
import { alertRoutesSchema, allDestinations, NO_ROUTES, type AlertRoutes } from './alert-routes.ts';

/** The routes as they hold now. `problems`: what is wrong with their configuration, a sentence each; messages then go to the default webhook. */
export interface Routing {
  readonly routes: AlertRoutes;
  readonly problems: readonly string[];
}

/**
 * Reads config/alert-routes.json anew, so that an edit needs no deploy, and prepares the channels that it names. Whatever is wrong with it
 * keeps no warning back: it is a problem, never an error.
 */
export async function readRouting(assets: Pick<ObjectStore, 'readJson'>, channels: Channels): Promise<Routing> {
  try {
    const routes = (await ifThere(assets.readJson(assetKeys.alertRoutes, alertRoutesSchema))) ?? NO_ROUTES;
    return { routes, problems: await channels.prepare(allDestinations(routes)) };
  } catch (error) {
    return { routes: NO_ROUTES, problems: [error instanceof Error ? error.message : `${assetKeys.alertRoutes} cannot be read`] };
  }
}
