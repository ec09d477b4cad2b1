import * as z from 'zod';
import file from './prices.json' with { type: 'json' };
import type { Line } from './line.ts';

type ByService = typeof file.prices;
export type PriceName = { [Service in keyof ByService]: keyof ByService[Service] }[keyof ByService];

/** One price of AWS, as somebody read it on the day `read` from AWS's own Price List and published it, unless `unverified`. */
const priceSchema = z.strictObject({
  what: z.string().min(1),
  usd: z.number().positive(),
  unit: z.string().min(1),
  read: z.iso.date(),
  /** The list to check it against, a name of `sources`. */
  source: z.string(),
  /** Units a month that every account has for nothing, for good. Counted only where nothing else is likely to use them up. */
  freeAMonth: z.number().positive().optional(),
  note: z.string().min(1).optional(),
  /** Without such a reading: where it comes from instead. */
  unverified: z.string().min(1).optional(),
});
export type Price = z.infer<typeof priceSchema> & { readonly service: string };

const priceFileSchema = z
  .strictObject({
    region: z.literal('ap-northeast-2'),
    currency: z.literal('USD'),
    sources: z.record(z.string(), z.url({ protocol: /^https$/ })),
    /** By service and name; a name is there once. */
    prices: z.record(z.string(), z.record(z.string(), priceSchema)),
  })
  .refine(
    ({ sources, prices: all }) =>
      Object.values(all).every((its) => Object.values(its).every(({ source }) => Object.hasOwn(sources, source))),
    {
      error: 'names a source that sources does not hold',
    },
  );

/** The prices by name; the file is the one place where they stand. */
export const prices = Object.fromEntries(
  Object.entries(priceFileSchema.parse(file).prices).flatMap(([service, its]) =>
    Object.entries(its).map(([name, price]) => [name, { ...price, service }]),
  ),
) as Readonly<Record<PriceName, Price>>;

/** USD for the quantity of a line, list price. */
export function usdOf({ price, quantity }: Line): number {
  return prices[price].usd * quantity;
}

/** USD a month, what is free of the month taken off. */
export function monthlyUsdOf({ price, quantity }: Line): number {
  return prices[price].usd * Math.max(0, quantity - (prices[price].freeAMonth ?? 0));
}
