import fc from 'fast-check';
import { keywordSetsSchema, type KeywordSet } from './contracts/keyword-sets.ts';
import { keywordMatcher, keywordVeto, postWatch, searchTerms } from './keywords.ts';

const set: KeywordSet = {
  keywords: [
    { name: '코나', spellings: ['코나 EV', 'KONA EV', 'KONA', '코나'] },
    { name: '화재', spellings: ['차량 화재', '화재'] },
  ],
  negative: ['코나 커피', '화재보험', '급구합니다'],
  boards: ['clien/cm_car', 'clien/park'],
  alarmAll: ['clien/park'],
};
const match = keywordMatcher(set);
const single = (...spellings: KeywordSet['keywords'][number]['spellings']) =>
  keywordMatcher({ keywords: [{ name: 'k', spellings }], negative: [], boards: [] });

it.each([
  ['width, case and spacing', 'ｋｏｎａ　ｅｖ 시승', '', ['코나']],
  ['the body as well as the title', '질문', '지하에서 차량화재', ['화재']],
  ['several keywords in the order of the set', '화재 난 코나', '', ['코나', '화재']],
  ['nothing in other talk', '엔진오일 교환', '주말에 합니다', []],
])('regards %s', (_, title, body, expected) => {
  expect(match(title, body)).toEqual(expected);
});

it.each([
  ['silences the spelling that it contains', '코나커피 원두', '코나 산지', []],
  ['leaves other spellings of the keyword', '코나 커피 마시며 코나EV 충전', '', ['코나']],
  ['leaves other keywords', '코나커피 마시다 화재', '', ['화재']],
  ['does not hide a fire behind an insurance', '차량 화재 났는데 화재보험 되나요', '', ['화재']],
  ['silences everything when it contains no spelling', '코나 급구합니다', '', []],
])('a negative word %s', (_, title, body, expected) => {
  expect(match(title, body)).toEqual(expected);
});

it('does not join the end of the title with the start of the body', () => {
  expect(match('오늘 코', '나들이')).toEqual([]);
});

const ANYWHERE: [spelling: string, text: string, matches: boolean][] = [
  ['코나', '코나가 멈췄어요', true],
  ['코나', '코나에서는 소리가 안 나요', true],
  ['코나', '신형코나 시승', true],
  ['코나', '코나전기차', true],
  ['코나', '코 나 보신 분', true],
  ['코나', '코-나', false],
  ['코나', '코\n나', true],
  ['코나 EV', '코나 EV', true],
  ['코나 EV', '코나EV', true],
  ['코나 EV', '코나-EV', true],
  ['코나 EV', '코나·EV', true],
  ['코나 EV', '코나ㆍEV', true],
  ['코나 EV', '코나・EV', true],
  ['코나ㆍEV', '코나·EV', true],
  ['코나 EV', '코나_ev', true],
  ['코나 EV', '코나.EV', true],
  ['코나 EV', '코나 / EV', true],
  ['코나 EV', '코나 – EV', true],
  ['코나 EV', '코나  전기차 EV', false],
  ['코나 EV', '코나 EVENT', false],
  ['코나 EV', '코나 EV6', true],
  ['KONA EV', 'kona ev가 멈춤', true],
  ['KONA EV', 'ＫＯＮＡ　ＥＶ', true],
  ['KONA', 'KONAMI 게임', false],
  ['KONA', 'arizona-kona', true],
  ['KONA', 'arizonakona', false],
  ['KONA', 'KONA2 출시', true],
  ['KONA', 'Kona를 샀다', true],
  ['KONA', 'k o n a', false],
  ['IONIQ', 'IONIQ5', true],
  ['IONIQ', '아이오닉(IONIQ)', true],
  ['IONIQ 5', 'ioniq5 충전', true],
  ['아이오닉 5', '아이오닉5', true],
  ['아이오닉5', '아이오닉 5', true],
  ['급발진', '급 발진 의심', true],
  ['급발진', '급발진이라고', true],
  ['급발진', '급정거 발진', false],
  ['급발진', '신형급 발진', false],
  ['화재', '영화 재밌게 봤어요', false],
  ['화재', 'ㅋㅋ화 재 났네', true],
  ['EV', 'EV 충전', true],
  ['EV', 'event', false],
  ['EV', '전기차(EV)에서', true],
  ['C++', 'c++ 책', true],
  ['a.b', 'aXb', false],
  ['화재', '화\u200b재 현장', true],
  ['화재', '화\u00ad재', true],
  ['화재', '화재'.normalize('NFD'), true],
  ['recall', 'Recalls', false],
  ['recall', 'RECALL 안내', true],
];
it.each(ANYWHERE)('"%s" anywhere in "%s": %s', (spelling, text, matches) => {
  expect(single(spelling)(text, '')).toEqual(matches ? ['k'] : []);
});

const WHOLE_WORD: [text: string, matches: boolean][] = [
  ['코나', true],
  ['코나가 멈췄어요', true],
  ['코나는', true],
  ['코나를 산', true],
  ['코나에서는', true],
  ['코나까지도', true],
  ['코나이라고', true],
  ['코나라고는', true],
  ['코나입니다', true],
  ['코나였', true],
  ['코나처럼만', true],
  ['(코나)', true],
  ['코나, 그리고', true],
  ['코나!', true],
  ['코나ㅋㅋ', true],
  ['코나가ㅠㅠ', true],
  ['ㅋㅋ코나', true],
  ['2024코나', false],
  ['코나무', false],
  ['에코나라', false],
  ['신형코나', false],
  ['코나전기차', false],
  ['코나에서는도만은', false],
  ['코 나', false],
  ['코나2', false],
];
it.each(WHOLE_WORD)('"코나" as a whole word in "%s": %s', (text, matches) => {
  expect(single({ text: '코나', word: true })(text, '')).toEqual(matches ? ['k'] : []);
});

it('finds a whole word that has a space, with and without it', () => {
  const whole = single({ text: '코나 EV', word: true });

  expect(['코나 EV를', '코나ev는', '코나-EV', '신코나 EV', '코나 EVO'].map((text) => whole(text, '').length)).toEqual([1, 1, 1, 0, 0]);
});

it('finds every spelling in whatever width, case, spacing and with whatever particle it is written', () => {
  const spelling = fc.constantFrom('코나 EV', 'KONA EV', '아이오닉 5', '급발진', '차량 화재');
  const gap = fc.constantFrom('', ' ', '  ', '-', '·', '_', '\u200b');
  const wide = (text: string) => text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
  const shape = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toLowerCase(),
    (text) => text.normalize('NFD'),
    wide,
  );
  const particle = fc.constantFrom('', '가', '는', '에서는', '까지도', '이라고', '입니다');
  fc.assert(
    fc.property(spelling, gap, shape, particle, fc.constantFrom('', '오늘 ', '\n'), (text, between, shaped, after, before) => {
      const written = `${before}${shaped(text.replaceAll(' ', between))}${after}`;

      expect([text, written, single(text)('', written)]).toEqual([text, written, ['k']]);
      expect([text, written, single({ text, word: true })('', written)]).toEqual([text, written, ['k']]);
    }),
  );
});

it('takes any text, and time in proportion to its length', () => {
  const everything = single('코나 EV', { text: '코나', word: true }, 'KONA');
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => Array.isArray(everything(text, text))));
  const time = (length: number) => {
    const text = '코나 - 에서는 k'.repeat(length / 10);
    const startedAt = performance.now();
    everything('', text);
    return performance.now() - startedAt;
  };
  time(10_000);

  expect(time(1_000_000)).toBeLessThan(Math.max(50, 400 * Math.max(1, time(10_000))));
});

it.each([
  ['코나', '코나커피 원두', true],
  ['코나', '코나 커피 마시며 코나EV 충전', false],
  ['코나', '오늘의 차', false],
  ['코나', '화재보험 갱신', false],
  ['화재', '화재보험 갱신', true],
  ['코나', '급구합니다', true],
])('vetoes a search hit for %s whose title is "%s": %s', (name, title, expected) => {
  expect(keywordVeto(set)(name, title)).toBe(expected);
});

it('searches only for spellings that no shorter one finds, and for each way to space them', () => {
  expect(searchTerms(['코나 EV', 'KONA EV', 'ｋｏｎａ  ev', { text: '코나', word: true }, '코 나'])).toEqual(['KONA EV', '코나', '코 나']);
});

it('lets a post alarm that matches a keyword, or stands on a board that alarms on all', () => {
  const { mayAlarm } = postWatch(set);

  expect(mayAlarm({ site: 'clien', board: 'cm_car' }, ['코나'])).toBe(true);
  expect(mayAlarm({ site: 'clien', board: 'cm_car' }, [])).toBe(false);
  expect(mayAlarm({ site: 'clien', board: 'park' }, [])).toBe(true);
  expect(mayAlarm({ site: 'dcinside', board: 'park' }, [])).toBe(false);
});

it.each([
  [{ alarmAll: ['clien/news'] }, 'names clien/news, which is not among boards; add it there'],
  [{ negative: [' · '] }, 'must hold a letter or a digit'],
  [{ boards: ['clien'], alarmAll: [] }, 'must be <site>/<board>'],
])('says what is wrong with a set that has %j', (change, message) => {
  const parsed = keywordSetsSchema.safeParse({ default: { ...set, ...change } });

  expect(parsed.error?.issues.map((issue) => issue.message)).toContain(message);
});
