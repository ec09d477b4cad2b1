/**
 * 조사와 어미: what may follow a whole word in Korean without making it another word, up to three in a row (`에서` + `는`, `까지` + `도`). Longer
 * ones stand before those that begin them only for the reader: the pattern tries all.
 */
const PARTICLES = [
  ...['은', '는', '이', '가', '을', '를', '의', '에', '도', '만', '로', '으로', '와', '과', '랑', '이랑', '하고', '나', '이나'],
  ...['에서', '에게', '한테', '께', '부터', '까지', '조차', '마저', '밖에', '처럼', '같이', '보다', '마다', '대로', '만큼', '쯤', '뿐'],
  ...['라고', '이라고', '라는', '이라는', '란', '이란', '라도', '이라도', '라서', '이라서', '라면', '이라면', '든', '이든', '야', '이야'],
  ...[
    '인',
    '인데',
    '인지',
    '이고',
    '이며',
    '이면',
    '이지',
    '이다',
    '입니다',
    '이에요',
    '예요',
    '였',
    '이었',
    '네',
    '이네',
    '요',
    '들',
    '님',
  ],
];

/** Between the words of a spelling there may be nothing, or a few of these. */
const GAP = '[ \\-‐-―_.·/]{0,3}';
/** The dots that stand for the middle one; NFKC would make a letter of the first (가운뎃점, U+318D). */
const MIDDLE_DOTS = /[\u318d\u30fb\uff65\u2022\u2027\u2219\u22c5]/gu;
/** Soft hyphen, zero-width characters, variation selectors, byte order mark: they show nothing. */
const INVISIBLE = /\u00ad|[\u200b-\u200f]|[\u2060-\u2064]|[\ufe00-\ufe0f]|\ufeff/gu;
const LETTER = '[\\p{L}\\p{N}]';
/** Lone jamo (ㅋㅋ, ㅠㅠ) are no part of a word; NFKC leaves them as conjoining ones. */
const IN_WORD = `(?![\\u1100-\\u11ff])${LETTER}`;
const LATIN = '[\\p{Script=Latin}]';

/** Width, composition of Hangul, case, middle dots and white space folded; line feeds become spaces. */
export function normalised(text: string): string {
  return text.replaceAll(MIDDLE_DOTS, '·').normalize('NFKC').replaceAll(INVISIBLE, '').toLowerCase().replaceAll(/\s+/gu, ' ');
}

/** Normalised, without spaces: what words are compared by that may contain each other. */
export function compact(text: string): string {
  return normalised(text).replaceAll(' ', '');
}

/**
 * Finds a spelling in a normalised text, in time linear in the text (no repetition is unbounded). Its rules: docs/keywords.md.
 * @param word whether it must begin a word and be followed by its end or by particles; otherwise it may stand inside a compound.
 */
export function spellingPattern(spelling: string, word: boolean): RegExp {
  const text = normalised(spelling).trim();
  const coreOf = (isLoose: boolean) =>
    text
      .split(' ')
      .map((part) => wordPattern(Array.from(part), isLoose))
      .join(GAP);
  const letters = Array.from(text);
  const [first, last] = [letters[0] ?? '', letters.at(-1) ?? ''];
  if (word) return new RegExp(`(?<!${IN_WORD})${coreOf(false)}(?:${PARTICLES.join('|')}){0,3}(?!${IN_WORD})`, 'u');
  // A space inside only where the spelling begins a word: in 영화 재밌게 the end of one and the beginning of the next would make a 화재.
  const core = `(?:${coreOf(false)}|(?<!${IN_WORD})${coreOf(true)})`;
  return new RegExp(`${isLatin(first) ? `(?<!${LATIN})` : ''}${core}${isLatin(last) ? `(?!${LATIN})` : ''}`, 'u');
}

/** Beside a Hangul letter people put spaces as they like (`급 발진`); Latin letters and digits of one word stay together. */
function wordPattern(letters: readonly string[], isLoose: boolean): string {
  return letters
    .map((letter, index) => {
      const before = letters[index - 1];
      const isFree = isLoose && before !== undefined && (isHangul(before) || isHangul(letter));
      return `${isFree ? ' ?' : ''}${letter.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&')}`;
    })
    .join('');
}

function isHangul(letter: string): boolean {
  return /\p{Script=Hangul}/u.test(letter);
}

function isLatin(letter: string): boolean {
  return /\p{Script=Latin}/u.test(letter);
}
