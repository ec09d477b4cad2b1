import { answer, fakeChannels } from './fake-channels.ts';
import type { ChannelAnswer } from './channel.ts';
import { postMessage } from './post-message.ts';

const message = { text: '알림' };

function post(planted: (ChannelAnswer | 'lost')[], mayGoOnFor: () => Promise<boolean> = () => Promise.resolve(true)) {
  const slack = fakeChannels(planted);
  const outcome = postMessage(() => message, slack.deps.channels.to('slack'), {
    remainingMilliseconds: slack.remainingMilliseconds,
    mayGoOnFor,
  });
  return { slack, outcome };
}

it('posts once when Slack takes it', async () => {
  const { slack, outcome } = post([]);

  expect(await outcome).toEqual({ kind: 'accepted', repeated: false });
  expect([slack.received, slack.slept]).toEqual([[message], []]);
});

it('waits as long as Retry-After says', async () => {
  const { slack, outcome } = post([answer(429, 'rate_limited', '7'), answer(429, 'rate_limited', '2')]);

  expect(await outcome).toEqual({ kind: 'accepted', repeated: false });
  expect(slack.slept).toEqual([7000, 2000]);
});

it('waits a second when Retry-After cannot be read', async () => {
  const { slack, outcome } = post([answer(429, 'rate_limited', 'soon')]);

  expect(await outcome).toEqual({ kind: 'accepted', repeated: false });
  expect(slack.slept).toEqual([1000]);
});

it('does not wait longer than the function may run; nothing has arrived then', async () => {
  const { slack, outcome } = post([answer(429, 'rate_limited', '115')]);

  expect(await outcome).toMatchObject({ kind: 'busy', arrived: 'no', error: { name: 'MessageBusyError' } });
  expect(slack.slept).toEqual([]);
});

it('tries again after server errors and lost answers', async () => {
  const { slack, outcome } = post([answer(500, 'rollup_error'), 'lost', answer(503, '')]);

  expect(await outcome).toEqual({ kind: 'accepted', repeated: true });
  expect(slack.slept).toEqual([1000, 2000, 4000]);
});

it('gives up after four of them; the message may have arrived', async () => {
  const { outcome } = post(['lost', 'lost', 'lost', 'lost', 'lost']);

  expect(await outcome).toMatchObject({ kind: 'busy', arrived: 'perhaps', error: { name: 'MessageBusyError' } });
});

it.each([
  [400, 'invalid_blocks'],
  [403, 'action_prohibited'],
  [404, 'no_service'],
  [410, 'channel_is_archived'],
])('names Slack’s word for %i %s and does not try again', async (status, word) => {
  const { slack, outcome } = post([answer(status, word)]);

  expect(await outcome).toMatchObject({
    kind: 'refused',
    word,
    error: { name: 'MessageRefusedError', message: expect.stringContaining(word) as string },
  });
  expect(slack.slept).toEqual([]);
});

it('passes on no text of a stranger, and no address', async () => {
  const refused = await post([answer(403, '<html>https://hooks.example/services/T0/B0/secret</html>')]).outcome;
  const lost = await post(['lost', 'lost', 'lost', 'lost']).outcome;

  expect(JSON.stringify([refused, 'error' in refused && refused.error.message, 'error' in lost && lost.error.message])).not.toMatch(
    /secret|services/,
  );
  expect(refused).toMatchObject({ word: 'no word given' });
});

it('does not post without the right to', async () => {
  const { slack, outcome } = post([], () => Promise.resolve(false));

  expect(await outcome).toMatchObject({ kind: 'busy' });
  expect(slack.received).toEqual([]);
});
