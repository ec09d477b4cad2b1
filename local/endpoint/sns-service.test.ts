import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { snsChannel } from '../../alarm/src/channels/sns-channel.ts';
import { clientOf, endpointFixture, type EndpointFixture } from './endpoint-fixture.ts';
import { snsService, type PublishedMail } from './sns-service.ts';

const TOPIC = 'arn:aws:sns:ap-northeast-2:000000000000:alerts';
let fixture: EndpointFixture;
let client: SNSClient;
let mails: PublishedMail[];
let publish: (mail: PublishedMail) => Promise<void>;

beforeEach(async () => {
  mails = [];
  publish = (mail) => Promise.resolve(void mails.push(mail));
  fixture = await endpointFixture();
  client = new SNSClient(clientOf(await fixture.start({ queryServices: [snsService([TOPIC], (mail) => publish(mail))] })));
});
afterEach(async () => {
  client.destroy();
  await fixture.remove();
});

const message = {
  text: '[주의] hot: 제목',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*굵게*', verbatim: true } }],
} as const;
const post = (topic = TOPIC) => snsChannel(topic, client).post(message, 5000);

it('carries what the alarm says as a mail, through the SDK', async () => {
  expect(await post()).toEqual({ status: 200, body: 'ok', retryAfter: null });

  expect(mails).toEqual([{ topicArn: TOPIC, subject: '[주의] hot: 제목', message: '굵게' }]);
});

it('gives a refusal as the word of SNS, and a throttling as "not now"', async () => {
  expect(await post(`${TOPIC}-gone`)).toMatchObject({ status: 404, body: expect.stringMatching(/^NotFound/) as string });

  publish = () => Promise.reject(Object.assign(new Error('no'), {}));
  expect((await post()).status).toBe(500);
});

it.each([
  ['a subject of 100 characters', { Subject: '가'.repeat(100), Message: 'a' }],
  ['a subject of two lines', { Subject: 'a\nb', Message: 'a' }],
  ['an empty message', { Subject: 'a', Message: '' }],
  ['a message over 256 KB', { Subject: 'a', Message: '가'.repeat(90_000) }],
  ['an attribute that it does not know', { Message: 'a', MessageStructure: 'json' }],
])('refuses %s', async (_what, input) => {
  await expect(client.send(new PublishCommand({ TopicArn: TOPIC, ...input }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
  expect(mails).toEqual([]);
});

it('refuses loudly what it cannot do', async () => {
  await expect(client.send(new ListTopicsCommand({}))).rejects.toThrow('The local SNS does not know ListTopics');
});
