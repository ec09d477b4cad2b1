import { failureNewsSchema } from '../../../common/contracts/events.ts';
import { answer } from '../channels/fake-channels.ts';
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

const failed = { batch: input.batch, executionName: NAME, errors: { Plan: { Error: 'MissingObjectError', Cause: 'gone' } } };

function fixture() {
  const world = notifyFixture();
  const tell = (news: unknown) => tellNews(failureNewsSchema.parse(news), world.deps, world.invocation);
  return { ...world, tell, texts: () => world.received.map((message) => JSON.stringify(message)) };
}

it.each(['ABORTED', 'TIMED_OUT'])('tells of a run that was %s, and how to run it again from where it began', async (status) => {
  const { tell, texts, folded } = fixture();

  expect(await tell(ended({ status }))).toEqual({ state: status, error: status, cause: '' });
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain(`"[실패] 실행이 끝나지 못했습니다: ${status} – ${status}, batch 20261120T053000Z`);
  expect(texts()[0]?.replaceAll('\\"', '"')).toContain('{"batch":"20261120T053000Z","startAt":"load","keywordSetName":"ev"}');
  expect(folded).toEqual([]);
});

it('says nothing of a run of which the state machine has told, and leaves its record as it is', async () => {
  const { tell, texts, folded } = fixture();
  await tell(failed);

  await tell(ended({ status: 'FAILED', error: 'MissingObjectError', cause: 'gone' }));

  expect(texts()).toHaveLength(1);
  expect(folded).toMatchObject([{ failure: { state: 'Plan' } }]);
});

it('says what the state machine would have said, when Slack did not take that', async () => {
  const { tell, texts, planted } = fixture();
  planted.push(answer(404, 'no_service'));
  await expect(tell(failed)).rejects.toThrow('no_service');

  await tell(ended({ status: 'FAILED', error: 'MessageRefusedError', cause: 'The run failed, and saying so in Slack failed too' }));

  expect(texts().at(-1)).toContain('Plan – MissingObjectError');
  expect(texts().at(-1)).not.toContain('MessageRefusedError');
});

it('marks it as a possible repeat when a failed run was claimed by nobody', async () => {
  const { tell, texts } = fixture();

  await tell(ended({ status: 'FAILED', error: 'States.Runtime', cause: 'a path that is not there' }));

  expect(texts()[0]).toContain('"[반복일 수 있음] [실패] 실행이 끝나지 못했습니다: FAILED – States.Runtime');
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

it('says what is wrong with an event of the state machine', () => {
  expect(() => failureNewsSchema.parse({ ...failed, batch: 'tomorrow' })).toThrow('batch');
  expect(() => failureNewsSchema.parse({ source: 'aws.s3' })).toThrow('source');
});

it('tells of an alarm that rings, once each time', async () => {
  const { tell, texts, folded } = fixture();

  const told = await tell(rang);
  await tell(rang);

  expect(told).toEqual({ state: 'hotpost-NoRunAlarm', error: 'ALARM', cause: 'no datapoints <were> received' });
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain('[운영] 경보가 울림: No run has begun in twice the schedule"');
  expect(texts()[0]).toContain('no datapoints &lt;were&gt; received');
  expect(texts()[0]).toContain('할 일은 alarm/runbook.md, “실행이 시작되지 않음”에 있습니다.');
  expect(texts()[0]).toContain('2026-11-20 15:30 (서울)');
  expect(folded).toEqual([]);

  await tell({ ...rang, detail: { ...rang.detail, state: { ...rang.detail.state, timestamp: '2026-11-20T09:00:00.000+0000' } } });
  expect(texts()).toHaveLength(2);
});

it.each(['somebody’s own words', '', null])('tells of an alarm whose description is %j', async (description) => {
  const { tell, texts } = fixture();

  await tell({ ...rang, detail: { ...rang.detail, state: { ...rang.detail.state, reason: null }, configuration: { description } } });

  expect(texts()[0]).toContain(`경보가 울림: ${description || 'hotpost-NoRunAlarm'}"`);
  expect(texts()[0]).toContain('할 일은 alarm/runbook.md에 있습니다.');
});
