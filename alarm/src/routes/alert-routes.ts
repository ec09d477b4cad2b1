import * as z from 'zod';

/** Where a message goes: the default webhook, a webhook by its name in the secret of further webhooks, or mail. */
export type Destination = 'slack' | 'sns' | `slack:${string}`;
export const destinationSchema = z.custom<Destination>(
  (value) => typeof value === 'string' && /^(slack|sns|slack:[a-z][a-z0-9-]{0,31})$/.test(value),
  { error: ({ input }) => `must be slack, sns or slack:<name in small letters>, not ${JSON.stringify(input)}` },
);
export const DEFAULT_DESTINATION = 'slack' satisfies Destination;

const destinations = z.array(destinationSchema).min(1);
const names = z.array(z.string().min(1)).min(1);
/** A time of day in Seoul. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 23:00');

const routeSchema = z
  .strictObject({
    keywordSets: names.optional(),
    keywords: names.optional(),
    sites: names.optional(),
    to: destinations,
  })
  .refine(({ keywordSets, keywords, sites }) => keywordSets ?? keywords ?? sites, 'must name keywordSets, keywords or sites');

const quietHoursSchema = z.strictObject({
  to: destinations,
  from: timeOfDay,
  until: timeOfDay,
  levels: z
    .array(z.enum(['hot', 'critical']))
    .min(1)
    .default(['hot']),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

/**
 * config/alert-routes.json: which messages go where, and when nobody wants to be woken. A post goes to the destinations of every route that it
 * fits (each criterion that a route names must hold), to `default` when it fits none. `operator` hears of failures and of sites in trouble.
 */
export const alertRoutesSchema = z.strictObject({
  default: destinations,
  operator: destinationSchema,
  routes: z.array(routeSchema),
  quietHours: z.array(quietHoursSchema),
});
export type AlertRoutes = z.infer<typeof alertRoutesSchema>;

/** What holds without a configuration: all to the default webhook, at any hour. */
export const NO_ROUTES: AlertRoutes = { default: [DEFAULT_DESTINATION], operator: DEFAULT_DESTINATION, routes: [], quietHours: [] };

/** The destinations of a post that a run with a keyword set found; at least one, each once. */
export function destinationsOf(
  post: { readonly site: string; readonly keywords: readonly string[] },
  keywordSetName: string,
  routes: AlertRoutes,
): Destination[] {
  const fitting = routes.routes.filter(
    ({ keywordSets, keywords, sites }) =>
      (keywordSets?.includes(keywordSetName) ?? true) &&
      (keywords?.some((keyword) => post.keywords.includes(keyword)) ?? true) &&
      (sites?.includes(post.site) ?? true),
  );
  return [...new Set(fitting.length > 0 ? fitting.flatMap(({ to }) => to) : routes.default)];
}

/** Every destination that the routes name, each once. */
export function allDestinations({ default: usual, operator, routes }: AlertRoutes): Destination[] {
  return [...new Set([...usual, operator, ...routes.flatMap(({ to }) => to)])];
}
