import { Temporal } from 'temporal-polyfill';
import { minutesToNextReading, nextReading, nextTry, paceOf } from './freshness.ts';

const created = Temporal.Instant.from('2026-11-20T00:00:00Z');
const after = (minutes: number) => created.add({ minutes });
const at = (minutes: number, commentCount = 0) => ({ at: after(minutes), commentCount });

const ages = [0, 59, 60, 120, 240, 480, 720, 24 * 60, 48 * 60, 71 * 60, 72 * 60];
const paces = [0, 1, 5, 20, 100];

/** Minutes until the next reading: a row an age, a column a pace. */
function table(matched: boolean): string {
  const cell = (text: string | number) => String(text).padStart(6);
  const row = (age: number) => paces.map((pace) => cell(minutesToNextReading({ ageMinutes: age, pace, matched })?.toFixed(0) ?? 'done'));
  return ['', ['age/pace', ...paces.map(cell)].join(' '), ...ages.map((age) => [`${age}`.padStart(8), ...row(age)].join(' ')), ''].join(
    '\n',
  );
}

it('reads again as this table says', () => {
  expect(`matched${table(true)}unmatched${table(false)}`).toMatchInlineSnapshot(`
   "matched
   age/pace      0      1      5     20    100
          0      0      0      0      0      0
         59      0      0      0      0      0
         60     30     30     12      3      1
        120     60     60     12      3      1
        240    120     60     12      3      1
        480    240     60     12      3      1
        720    360     60     12      3      1
       1440    360     60     12      3      1
       2880    360     60     12      3      1
       4260     60     60     12      3      1
       4320   done   done   done   done   done
   unmatched
   age/pace      0      1      5     20    100
          0      0      0      0      0      0
         59      0      0      0      0      0
         60     60     60     24      6      1
        120    120    120     24      6      1
        240    240    120     24      6      1
        480    480    120     24      6      1
        720    720    120     24      6      1
       1440    720    120     24      6      1
       2880    720    120     24      6      1
       4260     60     60     24      6      1
       4320   done   done   done   done   done
   "
  `);
});

it('waits longer the older a post is, less the faster comments come, and longer for a post without keyword', () => {
  const minutes = (ageMinutes: number, pace: number, matched: boolean) => minutesToNextReading({ ageMinutes, pace, matched }) ?? Infinity;
  const everywhere = ages.slice(0, -2).flatMap((age) => paces.map((pace) => [age, pace] as const));

  expect(everywhere.filter(([age, pace]) => minutes(age + 30, pace, true) < minutes(age, pace, true))).toEqual([]);
  expect(everywhere.filter(([age, pace]) => minutes(age, pace + 1, true) > minutes(age, pace, true))).toEqual([]);
  expect(everywhere.filter(([age, pace]) => age >= 60 && minutes(age, pace, false) <= minutes(age, pace, true))).toEqual([]);
});

it('measures the pace since the previous reading, else since the beginning, and never below nothing', () => {
  expect(paceOf(created, at(30, 20), null)).toBe(40);
  expect(paceOf(created, at(90, 50), at(60, 20))).toBe(60);
  expect(paceOf(created, at(90, 10), at(60, 20))).toBe(0);
  expect(paceOf(created, at(0, 3), null)).toBe(180);
});

it('says when, and that a post is done at 72 hours', () => {
  const post = { createdAt: created, matched: true };

  expect(nextReading(post, after(30), 40)?.toString()).toBe('2026-11-20T00:30:00Z');
  expect(nextReading(post, after(71 * 60), 0)?.toString()).toBe('2026-11-23T00:00:00Z');
  expect(nextReading(post, after(72 * 60), 500)).toBeNull();
});

it('tries a failing post again later and later, and gives up at the fifth time', () => {
  const minutes = (next: Temporal.Instant | null) => next && (next.epochMilliseconds - created.epochMilliseconds) / 60_000;

  expect([1, 2, 3, 4, 5].map((failures) => minutes(nextTry(created, failures)))).toEqual([5, 10, 20, 40, null]);
});
