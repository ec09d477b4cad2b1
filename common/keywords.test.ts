import type { KeywordSet } from './contracts/keyword-sets.ts';
import { keywordMatcher, keywordVeto, searchTerms } from './keywords.ts';

const set: KeywordSet = {
  keywords: [
    { name: '코나', spellings: ['코나 EV', 'KONA EV', '코나'] },
    { name: '화재', spellings: ['차량 화재', '화재'] },
  ],
  negative: ['코나 커피', '화재보험', '급구합니다'],
  boards: [],
};
const match = keywordMatcher(set);

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
  expect(searchTerms(['코나 EV', 'KONA EV', 'ｋｏｎａ  ev', '코나', '코 나'])).toEqual(['KONA EV', '코나', '코 나']);
});
