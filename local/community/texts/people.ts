import { createHash } from 'node:crypto';

const NICKNAME_STARTS: readonly string[] = [
  '달리는',
  '졸린',
  '푸른',
  '느긋한',
  '심심한',
  '배고픈',
  '용감한',
  '조용한',
  '웃는',
  '수상한',
  '성실한',
  '엉뚱한',
];
const NICKNAME_ENDS: readonly string[] = [
  '너구리',
  '두루미',
  '감자',
  '고등어',
  '선인장',
  '바퀴',
  '나침반',
  '우체통',
  '호떡',
  '수달',
  '<톱니>',
  '별&달',
];

/** Invented nicknames of the people who write: each start with each end, with a number behind where `number` is not 0. */
export function nickname(start: number, end: number, number: number): string {
  const name = `${NICKNAME_STARTS[start % NICKNAME_STARTS.length] ?? ''}${NICKNAME_ENDS[end % NICKNAME_ENDS.length] ?? ''}`;
  return number === 0 ? name : `${name}${number}`;
}

/** clien's name for a writer beside the nickname, which may change: short, and the same for all that this person writes. */
export function authorId(name: string): string {
  return `u${createHash('sha256').update(name).digest('hex').slice(0, 9)}`;
}

/** On clien some nicknames are shown as images. */
export function showsNicknameAsImage(name: string): boolean {
  return authorId(name).endsWith('7');
}

/** dcinside's writers: members have an id; others show the beginning of their address instead. `identity`: what tells one from another. */
export function dcinsideWriter(name: string): { id: string; ip: string; identity: string } {
  const digest = createHash('sha256').update(`dcinside ${name}`).digest();
  if (digest.readUInt8(0) % 2 === 0) {
    const id = `d${digest.toString('hex').slice(0, 9)}`;
    return { id, ip: '', identity: id };
  }
  // Of the ranges that stand in examples (RFC 5737).
  const ip = digest.readUInt8(1) % 2 === 0 ? '203.0' : '198.51';
  return { id: '', ip, identity: `${name} ${ip}` };
}
