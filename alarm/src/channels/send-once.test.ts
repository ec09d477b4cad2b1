import { answer, fakeChannels } from './fake-channels.ts';
import type { Channel } from './channel.ts';
import { sendOnce } from './send-once.ts';

const KEY = 'failure#20261120T053000Z';
const blocks = [{ type: 'context', elements: [] }] as const;

async function claimed(...planted: Parameters<typeof fakeChannels>) {
  const slack = fakeChannels(...planted);
  await slack.deps.ledger.claim({ key: KEY, batch: '20261120T053000Z', payload: 'payload' }, { listed: true });
  const send = () =>
    sendOnce(
      {
        keys: [KEY],
        to: 'slack',
        store: false,
        remainingMilliseconds: slack.remainingMilliseconds,
        message: (claims) => ({ text: claims.map(({ payload, mayRepeat }) => `${payload}${mayRepeat ? ' again' : ''}`).join(), blocks }),
      },
      slack.deps,
    );
  return { ...slack, send };
}

it.each(['invalid_blocks', 'invalid_payload'])('sends the bare text when Slack answers %s', async (word) => {
  const { send, received } = await claimed([answer(400, word)]);

  expect(await send()).toEqual({ kind: 'sent', sent: 1, repeated: 0 });
  expect(received).toEqual([{ text: 'payload' }]);
});

it('gives up, unrepeated, when Slack refuses the bare text too', async () => {
  const { send, deps } = await claimed([answer(400, 'invalid_blocks'), answer(400, 'no_text')]);

  expect(await send()).toMatchObject({ kind: 'refused', word: 'no_text' });
  expect(deps.ledger.items.get(KEY)).toMatchObject({ status: 'claimed', until: 0, mayRepeat: false });
});

it('marks the next try after an answer was lost', async () => {
  const { send, received } = await claimed(['lost', 'lost', 'lost', 'lost']);

  expect(await send()).toMatchObject({ kind: 'busy' });
  expect(await send()).toEqual({ kind: 'sent', sent: 1, repeated: 1 });
  expect(received).toMatchObject([{ text: 'payload again' }]);
});

it.each([['lost' as const], [answer(500, 'rollup_error')]])(
  'marks the attempt that follows on an answer of %j, in the same invocation',
  async (first) => {
    const { send, deps, received } = await claimed([first]);

    expect(await send()).toEqual({ kind: 'sent', sent: 1, repeated: 1 });
    expect(received).toMatchObject([{ text: 'payload again' }]);
    expect(deps.ledger.items.get(KEY)).toMatchObject({ repeated: true });
  },
);

it('does not mark what follows on a 429, which Slack did not take', async () => {
  const { send, received } = await claimed([answer(429, 'rate_limited', '1')]);

  expect(await send()).toEqual({ kind: 'sent', sent: 1, repeated: 0 });
  expect(received).toMatchObject([{ text: 'payload' }]);
});

it('waits for a holder that was killed, then sends as a possible repeat', async () => {
  const { send, deps, received, slept } = await claimed();
  await deps.ledger.take(KEY, { owner: 'killed', now: deps.realNow(), until: deps.realNow() + 2500 });

  expect(await send()).toEqual({ kind: 'sent', sent: 1, repeated: 1 });
  expect(slept).toEqual([1000, 1000, 501]);
  expect(received).toMatchObject([{ text: 'payload again' }]);
});

it('leaves the message to the next run when the holder’s lease outlives the function', async () => {
  const { send, deps, received } = await claimed();
  await deps.ledger.take(KEY, { owner: 'other', now: deps.realNow(), until: deps.realNow() + 110_000 });

  expect(await send()).toEqual({ kind: 'nothing-to-send' });
  expect(received).toEqual([]);
});

it('does not send when another took over while it waited for Slack', async () => {
  const { send, deps, received } = await claimed([answer(429, 'rate_limited', '3')]);
  const usual = deps.channels.to('slack');
  Object.assign(deps.channels, {
    to: (): Channel => ({
      ...usual,
      async sleep(milliseconds: number) {
        await usual.sleep(milliseconds);
        await deps.ledger.take(KEY, { owner: 'other', now: deps.realNow() + 60_000, until: deps.realNow() + 90_000 });
      },
    }),
  });

  expect(await send()).toMatchObject({ kind: 'busy', arrived: 'perhaps' });
  expect(received).toEqual([]);
  expect(deps.ledger.items.get(KEY)).toMatchObject({ owner: 'other' });
});
