import { failureNewsSchema } from '../../../common/contracts/events.ts';
import { notifyFixture } from './notify-fixture.ts';
import { tellNews } from './tell-news.ts';

const NAME = '20261120T053000Z-r1';
const input = { batch: '20261120T053000Z', startAt: 'load', keywordSetName: 'ev', backfill: null, dryRun: false, searchTasks: [] };
const ended = (changes: object = {}) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: { name: NAME, status: 'ABORTED', input: JSON.stringify(input), error: null, cause: null, ...changes },
});
const rang = {
  source: 'aws.cloudwatch',
  time: '2026-11-20T06:30:12Z',
  detail: {
    alarmName: 'hotpost-NoRunAlarm',
    state: { value: 'ALARM', timestamp: '2026-11-20T06:30:12.000+0000', reason: 'no datapoints <were> received' },
    configuration: { description: 'No run has begun in twice the schedule (alarm/runbook.md, "실행이 시작되지 않음")' },
  },
};

function fixture() {
  const world = notifyFixture();
  const tell = (news: unknown) => tellNews(failureNewsSchema.parse(news), world.deps, world.invocation);
  return { ...world, tell, texts: () => world.received.map((message) => JSON.stringify(message)) };
}

it('tells of a run that was ended, how to run it again, and folds its manifests', async () => {
  const { tell, texts, folded } = fixture();

  expect(await tell(ended())).toEqual({ state: 'ABORTED', error: 'ABORTED', cause: '' });
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain('[실패] 실행이 끝나지 못했습니다: ABORTED – ABORTED, batch 20261120T053000Z');
  expect(texts()[0]?.replaceAll('\\"', '"')).toContain('{"batch":"20261120T053000Z","startAt":"extract","keywordSetName":"ev"}');
  expect(folded).toMatchObject([{ status: 'FAILED', failure: { state: 'ABORTED' } }]);
});

it('says nothing of a run of which the state machine has told, and leaves its record as it is', async () => {
  const { tell, texts, folded } = fixture();
  const errors = { Plan: { Error: 'MissingObjectError', Cause: 'gone' } };
  await tell({ batch: input.batch, executionName: NAME, errors });

  await tell(ended({ status: 'FAILED', error: 'MissingObjectError', cause: 'gone' }));

  expect(texts()).toHaveLength(1);
  expect(folded).toMatchObject([{ failure: { state: 'Plan' } }]);
});

it.each([
  ['the name', ended({ input: null })],
  ['the name of a backfill', ended({ input: null, name: 'backfill-20261120T053000Z' })],
  ['the name, when the input is no run', ended({ input: '{"batch":1}' })],
])('knows the batch by %s', async (_what, news) => {
  const { tell, texts } = fixture();

  await tell(news);

  expect(texts()[0]).toContain('batch 20261120T053000Z');
});

it('refuses an execution of no batch, by its name', async () => {
  const { tell } = fixture();

  await expect(tell(ended({ input: null, name: 'by-hand' }))).rejects.toThrow('execution by-hand says which batch');
});

it('tells of an alarm that rings, once each time', async () => {
  const { tell, texts, folded } = fixture();

  const told = await tell(rang);
  await tell(rang);

  expect(told).toEqual({ state: 'hotpost-NoRunAlarm', error: 'ALARM', cause: 'no datapoints <were> received' });
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain('[운영] 경보가 울림: No run has begun in twice the schedule, batch 20261120T063012Z');
  expect(texts()[0]).toContain('no datapoints &lt;were&gt; received');
  expect(texts()[0]).toContain('실행이 시작되지 않음');
  expect(folded).toEqual([]);

  await tell({ ...rang, detail: { ...rang.detail, state: { ...rang.detail.state, timestamp: '2026-11-20T09:00:00.000+0000' } } });
  expect(texts()).toHaveLength(2);
});

it.each(['alarm/runbook.md', ''])('tells of an alarm whose description is "%s"', async (description) => {
  const { tell, texts } = fixture();

  await tell({ ...rang, detail: { ...rang.detail, configuration: { description } } });

  expect(texts()[0]).toContain(`경보가 울림: ${description || 'hotpost-NoRunAlarm'}`);
});
