import { setTimeout as sleep } from 'node:timers/promises';
import { watchLateness } from './lateness.ts';

function keepBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

it('tells how long the loop was held up, right after it and not for long', async () => {
  const lateness = watchLateness();
  await sleep(50);
  keepBusy(120);
  await sleep(0);
  const afterStall = lateness.now();
  await sleep(100);
  const later = lateness.now();
  lateness.stop();

  expect(afterStall).toBeGreaterThan(80);
  expect(later).toBeLessThan(afterStall);
});
