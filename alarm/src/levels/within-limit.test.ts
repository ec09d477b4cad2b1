import { alertOf } from '../alarm/alarm-fixture.ts';
import { alertKey, type Alert } from '../alarm/alert.ts';
import { withinLimit } from './within-limit.ts';

const hot = (post_id: string): Alert => alertOf({ post_id });
const critical = (post_id: string): Alert => alertOf({ post_id, level: 'critical' });
const claimsOf = (...alerts: Alert[]) => new Set(alerts.map((alert) => alertKey(alert, alert.level)));
const ids = (alerts: readonly Alert[]) => alerts.map(({ post_id }) => post_id);

function limited(due: Alert[], sentLastDay: number, claimed: Alert[] = []) {
  const { admitted, withheld } = withinLimit(due, sentLastDay, claimsOf(...claimed), 3);
  return [ids(admitted), ids(withheld)];
}

it('admits the most urgent hot posts that the day has room for', () => {
  expect(limited([hot('1'), hot('2'), hot('3')], 1)).toEqual([['1', '2'], ['3']]);
});

it('admits critical posts above the limit, and lets them take room from hot ones', () => {
  expect(limited([critical('1'), critical('2'), hot('3')], 2)).toEqual([['1', '2'], ['3']]);
});

it('admits nothing hot when messages have gone out above the limit', () => {
  expect(limited([hot('1')], 9)).toEqual([[], ['1']]);
});

it('chooses the same posts again when a run died after some of its claims', () => {
  const due = [hot('1'), hot('2'), hot('3'), hot('4')];

  expect(limited(due, 0, [hot('1'), hot('2')])).toEqual([['1', '2', '3'], ['4']]);
});

it('counts what earlier batches claimed and nobody has sent yet', () => {
  expect(limited([hot('1'), hot('2')], 1, [hot('9')])).toEqual([['1'], ['2']]);
});
