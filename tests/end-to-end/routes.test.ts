import { PutObjectCommand } from '@aws-sdk/client-s3';
import { NO_ROUTES, type AlertRoutes } from '../../alarm/src/routes/alert-routes.ts';
import { assetKeys } from '../../common/object-keys.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { laptopOn, playNext, removeDirectories, rowsOf, temporaryDirectories } from './laptop-fixture.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
let laptop: Laptop;

beforeAll(async () => {
  laptop = await laptopOn(directories);
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

async function putRoutes(changes: Partial<AlertRoutes>): Promise<void> {
  const bucket = laptop.application.buckets.find(({ logicalId }) => logicalId === 'AssetsBucket')?.name ?? '';
  const body = JSON.stringify({ ...NO_ROUTES, ...changes });
  await laptop.s3.send(new PutObjectCommand({ Bucket: bucket, Key: assetKeys.alertRoutes, Body: body }));
}

/** First lines of the messages since the last call, of the webhook and of mail. */
async function heard(): Promise<{ slack: string[]; mail: string[] }> {
  const messages = (await laptop.sink.messages()).slice(seen);
  seen += messages.length;
  const linesOf = (isMail: boolean) =>
    messages.filter(({ to }) => to.startsWith('arn:') === isMail).map(({ message }) => message.text?.split('\n')[0] ?? '');
  return { slack: linesOf(false), mail: linesOf(true) };
}
let seen = 0;

it('sends every alert to each destination that the edited routes name, and tells once of one that cannot be used', async () => {
  await putRoutes({ default: ['slack', 'sns'], routes: [{ keywords: ['급발진'], to: ['slack:nobody', 'slack', 'sns'] }] });

  const played = await playNext(laptop, 2);

  expect(played.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  const { slack, mail } = await heard();
  const alerted = await rowsOf(laptop, 'select site, board, post_id, level from community.alert');
  const notices = slack.filter((text) => text.startsWith('[운영]'));
  expect(notices).toEqual([expect.stringContaining('[운영] 알림 경로가 잘못됨') as string]);
  expect(mail.length).toBeGreaterThan(0);
  expect(mail).toHaveLength(alerted.length);
  // What goes to a webhook that there is not comes to the default one, a second time.
  expect(slack.length - notices.length).toBeGreaterThan(mail.length);
  expect(new Set(slack).size - notices.length).toBe(mail.length);
});

it('keeps what is hot for the end of quiet hours, without a deploy', async () => {
  const always = { to: ['slack' as const], from: '00:00', until: '00:00', levels: ['hot' as const, 'critical' as const] };
  await putRoutes({ quietHours: [always] });
  await playNext(laptop, 3);
  const before = await heard();
  await putRoutes({});
  await playNext(laptop, 1);

  expect([before.slack, before.mail]).toEqual([[], []]);
  expect((await heard()).slack.length).toBeGreaterThan(0);
});
