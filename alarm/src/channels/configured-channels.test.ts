import { configuredChannels, type ChannelSettings } from './configured-channels.ts';

const SETTINGS: ChannelSettings = {
  webhookAddress: 'https://hooks.slack.com/services/T0/B0/planted',
  webhookOrigins: 'https://hooks.slack.com',
  webhooksSecretName: 'hotpost/slack-webhooks',
  topicArn: '',
};
const secretOf = (content: string) => () => Promise.resolve(content);
const unread = () => Promise.reject(Object.assign(new Error('it holds planted'), { name: 'ResourceNotFoundException' }));

it('reads no secret while no route names a further webhook', async () => {
  expect(await configuredChannels(SETTINGS, unread).prepare(['slack'])).toEqual([]);
});

it('has a channel for each further webhook of the secret, read anew each time', async () => {
  let content = '{}';
  const channels = configuredChannels(SETTINGS, () => Promise.resolve(content));
  const usual = channels.to('slack');

  expect(await channels.prepare(['slack:pr'])).toHaveLength(1);
  expect(channels.to('slack:pr')).toBe(usual);
  content = '{"pr":"https://hooks.slack.com/services/T0/B1/planted"}';
  expect(await channels.prepare(['slack:pr'])).toEqual([]);
  expect(channels.to('slack:pr')).not.toBe(usual);
});

it('has mail when the deployment has a topic', async () => {
  const channels = configuredChannels({ ...SETTINGS, topicArn: 'arn:aws:sns:ap-northeast-2:000000000000:alerts' }, unread);

  expect(await channels.prepare(['sns'])).toEqual([]);
  expect([channels.to('sns').name, channels.to('slack').name]).toEqual(['SNS', 'Slack']);
});

it.each([
  [
    'a secret that cannot be read',
    unread,
    'Secret "hotpost/slack-webhooks" with the further webhooks cannot be read (ResourceNotFoundException)',
  ],
  ['a secret that is no JSON', secretOf('planted'), 'is no JSON object of names and webhooks'],
  ['a name that the secret does not have', secretOf('{"other":"planted"}'), 'has no key "pr"; add it there'],
  [
    'an address elsewhere',
    secretOf('{"pr":"https://evil.example/planted"}'),
    'is no address that WEBHOOK_ORIGINS (https://hooks.slack.com) allows',
  ],
])(
  'says what is wrong with %s in a sentence that shows nothing of it, and uses the default webhook',
  async (_what, readSecret, sentence) => {
    const channels = configuredChannels(SETTINGS, readSecret);

    const problems = await channels.prepare(['slack', 'slack:pr']);

    expect(problems).toEqual([expect.stringContaining(sentence) as string]);
    expect(problems.join()).not.toContain('planted');
    expect(channels.to('slack:pr')).toBe(channels.to('slack'));
  },
);

it('says that a route names mail which the deployment does not have', async () => {
  expect(await configuredChannels(SETTINGS, unread).prepare(['sns'])).toEqual([
    'A route names sns, but the deployment has no topic; set the parameter AlertMail and deploy',
  ]);
});
