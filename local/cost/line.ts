import type { PriceName } from './prices.ts';

/** So much of what a price is for, in the price's unit. */
export interface Line {
  readonly price: PriceName;
  readonly quantity: number;
}

/** The lines with every quantity multiplied, e.g. a run's by the runs of a month. */
export function times(lines: readonly Line[], factor: number): Line[] {
  return lines.map(({ price, quantity }) => ({ price, quantity: quantity * factor }));
}

/** Lines of the same price as one, in order of first appearance; those of nothing are left out. */
export function merged(lines: readonly Line[]): Line[] {
  const quantities = new Map<PriceName, number>();
  for (const { price, quantity } of lines) quantities.set(price, (quantities.get(price) ?? 0) + quantity);
  return [...quantities].filter(([, quantity]) => quantity > 0).map(([price, quantity]) => ({ price, quantity }));
}
