const WEEKDAYS = ['일', '월', '화', '수', '목', '금', '토'];

/** The parts of an instant (epoch milliseconds) as a clock in Seoul shows them; Seoul is UTC+9 all year. */
export function seoulParts(instant: number) {
  const shifted = new Date(instant + 9 * 3_600_000);
  const [date = '', time = ''] = shifted.toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month, day, weekday: WEEKDAYS[shifted.getUTCDay()] ?? '', hourMinute: time.slice(0, 5), full: `${date} ${time}` };
}

/** As bobaedream's lists print it: `HH:MM` today, else `MM/DD`. */
export function listTime(instant: number, now: number): string {
  const [then, today] = [seoulParts(instant), seoulParts(now)];
  const isToday = then.full.slice(0, 10) === today.full.slice(0, 10);
  return isToday ? then.hourMinute : `${then.month}/${then.day}`;
}
