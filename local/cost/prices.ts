import * as z from 'zod';
import file from './prices.json' with { type: 'json' };
import type { Line } from './line.ts';

export type PriceName = keyof typeof file.prices;

/**
 * One price of AWS. `quoted`: somebody read it from AWS's own Price List and published it; `read` is the day of that, and `source` the
 * list to check it against. `unverified`: without such a reading, `note` says where it comes from.
 */
const priceSchema = z.strictObject({
  service: z.string().min(1),
  what: z.string().min(1),
  usd: z.number().positive(),
  unit: z.string().min(1),
  read: z.iso.date(),
  source: z.url({ protocol: /^https$/ }),
  standing: z.enum(['quoted', 'unverified']),
  /** Units a month that every account has for nothing, for good. Counted only where nothing else is likely to use them up. */
  freeAMonth: z.number().positive().optional(),
  note: z.string().optional(),
});
export type Price = z.infer<typeof priceSchema>;

const priceFileSchema = z.strictObject({
  region: z.literal('ap-northeast-2'),
  currency: z.literal('USD'),
  prices: z.record(z.string(), priceSchema),
});

/** The prices by name, the one place where they stand. */
export const prices: Readonly<Record<PriceName, Price>> = priceFileSchema.parse(file).prices as Record<PriceName, Price>;

/** USD for the quantity of a line, list price. */
export function usdOf({ price, quantity }: Line): number {
  return prices[price].usd * quantity;
}

/** USD a month, what is free of the month taken off. */
export function monthlyUsdOf({ price, quantity }: Line): number {
  return prices[price].usd * Math.max(0, quantity - (prices[price].freeAMonth ?? 0));
}
