import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { takeInventory } from './inventory.ts';
import type { RunCounts } from './run-counts.ts';
import { runLines, secondsOfPhase, secondsOfSite, warehouseSeconds } from './run-usage.ts';
import { settingsOf } from './settings.ts';

const settings = settingsOf(takeInventory(join(repository, 'template.yaml')));
const counts: RunCounts = {
  search: [{ site: 'clien', invocations: 2, requests: 4 }],
  extract: [{ site: 'clien', invocations: 1, requests: 10 }],
  posts: 8,
  isTransformed: true,
  isLoaded: true,
};
const quantity = (name: string, changed: Partial<RunCounts> = {}, set = settings) =>
  runLines({ ...counts, ...changed }, set).find(({ price }) => price === name)?.quantity ?? 0;

it('reads a site at its own pace, and waits for the slowest', () => {
  expect(secondsOfSite({ site: 'clien', invocations: 1, requests: 10 })).toBe(10);
  expect(secondsOfSite({ site: 'fmkorea', invocations: 1, requests: 10 })).toBe(50);
  expect(secondsOfSite({ site: 'no-longer-there', invocations: 1, requests: 10 })).toBe(50);
  expect(secondsOfPhase([...counts.extract, { site: 'fmkorea', invocations: 1, requests: 3 }], 120)).toBe(15);
  expect(secondsOfPhase([{ site: 'fmkorea', invocations: 1, requests: 300 }], 120)).toBe(120);
  expect(secondsOfPhase([], 120)).toBe(0);
});

it('bills functions by memory and time', () => {
  // MB: each 256 for Start, EnsureCluster, Settle, PrepareLoad, 1024 Plan, one second each; searches 512 for 1 + 4 s; Extract 1024 for
  // 1 + 10 s; Alarm 512 for 25 s.
  const memory = { ...settings.memory, ...MEMORY };
  const expected = 4 * 0.25 + 1 + 2 * 5 * 0.5 + 11 + 25 * 0.5;

  expect(quantity('lambda-gb-second', {}, { ...settings, memory })).toBeCloseTo(expected, 9);
  expect(quantity('lambda-request')).toBe(9);
});

it('bills no function longer than its time-out', () => {
  const endless = { extract: [{ site: 'clien', invocations: 1, requests: 100_000 }] };
  const limited = { ...settings, memory: { ...settings.memory, ...MEMORY }, timeout: { ...settings.timeout, ExtractFunction: 120 } };

  expect(quantity('lambda-gb-second', endless, limited) - quantity('lambda-gb-second', {}, limited)).toBeCloseTo(120 - 11, 9);
});

it('counts objects and items', () => {
  expect(quantity('s3-put')).toBeCloseTo(2 * 1.2 + 8 + 4 + 9 + 64, 9);
  expect(quantity('s3-get')).toBe(2 * 3 + 6 + 144);
  expect(quantity('dynamodb-write')).toBe(14 * 6);
  expect(quantity('dynamodb-read')).toBe(14 * 4);
});

it('wakes the warehouse once for load and alarm, and not at all for a run that never loads', () => {
  expect(warehouseSeconds()).toBe(60);
  expect(quantity('redshift-rpu-hour', {}, { ...settings, baseCapacity: 4 })).toBeCloseTo(4 / 60, 9);
  expect(quantity('redshift-rpu-hour', { isLoaded: false })).toBe(0);
});

it('traces only when the state machine does', () => {
  expect(quantity('trace', {}, { ...settings, traces: true })).toBe(1);
  expect(quantity('trace', {}, { ...settings, traces: false })).toBe(0);
});

it('names a function that the templates have no more', () => {
  expect(() => runLines(counts, { ...settings, memory: { ...MEMORY, AlarmFunction: 512 } })).not.toThrow();
  expect(() => runLines(counts, { ...settings, memory: { SearchFunction: 512 } })).toThrow('have no StartFunction, EnsureClusterFunction');
});

const MEMORY = {
  StartFunction: 256,
  EnsureClusterFunction: 256,
  PlanFunction: 1024,
  SettleFunction: 256,
  PrepareLoadFunction: 256,
  SearchFunction: 512,
  ExtractFunction: 1024,
  AlarmFunction: 512,
};
