import { UserError } from '../run/user-error.ts';

const LONGEST_MINUTES = 90 * 24 * 60;

/** Whole minutes in `30m`, `24h` or `7d`, 90 days at most. @throws UserError naming the option for another text. */
export function minutesIn(option: string, duration: string): number {
  const [, figure = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(duration) ?? [];
  const minutes = Number(figure) * ({ m: 1, h: 60, d: 24 * 60 }[unit] ?? NaN);
  if (minutes > 0 && minutes <= LONGEST_MINUTES) return minutes;
  throw new UserError(`${option} ${duration} is no duration up to 90 days; give one like 30m, 24h or 7d.`);
}
