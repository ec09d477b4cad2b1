import type { KeywordSet, KeywordSets, Spelling } from './contracts/keyword-sets.ts';
import type { PostKey } from './contracts/records.ts';
import { InvalidEventError } from './errors.ts';
import { compact, normalised, spellingPattern } from './spelling-pattern.ts';

/** The set that an event or a deployment names. @throws InvalidEventError naming the sets that there are. */
export function keywordSetNamed(sets: KeywordSets, name: string): KeywordSet {
  const set = Object.hasOwn(sets, name) ? sets[name] : undefined;
  if (set) return set;
  throw new InvalidEventError(
    `Keyword set "${name}" is not in config/keyword-sets.json of the assets bucket, which has ${Object.keys(sets).join(', ') || 'none'}; add it there`,
  );
}

/** Gives the names of the keywords that a post's title or body matches, in the order of the set. */
export type KeywordMatcher = (title: string, body: string) => string[];

/** What a keyword set makes of a post. */
export interface PostWatch {
  readonly match: KeywordMatcher;
  /** Whether the alarm may tell of a post: it matches a keyword, or its board is in `alarmAll`. */
  readonly mayAlarm: (post: Pick<PostKey, 'site' | 'board'>, keywords: readonly string[]) => boolean;
}

/** The set, made ready to be held against many posts. */
export function postWatch(set: KeywordSet): PostWatch {
  const onAll = new Set(set.alarmAll);
  return {
    match: keywordMatcher(set),
    mayAlarm: ({ site, board }, keywords) => keywords.length > 0 || onAll.has(`${site}/${board}`),
  };
}

/**
 * A text matches a keyword when it holds one of its spellings (docs/keywords.md). A negative word vetoes: it silences the spellings that it
 * contains (`코나커피` silences `코나`, not `코나 EV`); one that contains no spelling at all silences the whole post.
 */
export function keywordMatcher(set: KeywordSet): KeywordMatcher {
  const keywords = set.keywords.map(({ name, spellings }) => ({ name, spellings: spellings.map(compiled) }));
  const negative = set.negative.map(compiled);
  const every = keywords.flatMap(({ spellings }) => spellings);

  return (title, body) => {
    // A line feed is no gap: nothing matches from the title into the body.
    const text = `${normalised(title)}\n${normalised(body)}`;
    const vetoes = negative.filter(({ pattern }) => pattern.test(text));
    if (vetoes.some((veto) => !every.some((spelling) => contains(veto, spelling)))) return [];
    const counts = (spelling: Compiled) => spelling.pattern.test(text) && !vetoes.some((veto) => contains(veto, spelling));
    return keywords.filter(({ spellings }) => spellings.some(counts)).map(({ name }) => name);
  };
}

/**
 * Says of a keyword's name and a title whether a negative word silences the keyword there. A search may find a post by its text; a title
 * that speaks of 코나커피 tells that it is about something else.
 */
export function keywordVeto(set: KeywordSet): (name: string, title: string) => boolean {
  const matches = keywordMatcher(set);
  const negative = set.negative.map(compiled);
  const every = set.keywords.flatMap(({ spellings }) => spellings.map(compiled));

  return (name, title) => {
    const own = set.keywords.find((keyword) => keyword.name === name)?.spellings.map(compiled) ?? [];
    const silences = (veto: Compiled) =>
      own.some((spelling) => contains(veto, spelling)) || !every.some((spelling) => contains(veto, spelling));
    const text = normalised(title);
    return negative.some((veto) => veto.pattern.test(text) && silences(veto)) && !matches(title, '').includes(name);
  };
}

/**
 * What to type into a site's search to find every spelling of a keyword: spellings that contain another one are found with it. Whether a
 * site's search minds spaces is not known, so spellings that differ in them are all typed.
 */
export function searchTerms(spellings: readonly Spelling[]): string[] {
  const texts = spellings.map(textOf);
  const folded = texts.map((text) => normalised(text).trim());
  return texts.filter((_, index) => {
    const own = folded[index] ?? '';
    return folded.indexOf(own) === index && !folded.some((other) => other !== own && own.includes(other));
  });
}

interface Compiled {
  readonly pattern: RegExp;
  /** Normalised, without spaces. */
  readonly text: string;
}

function compiled(spelling: Spelling): Compiled {
  const text = textOf(spelling);
  return { pattern: spellingPattern(text, typeof spelling === 'string' ? false : spelling.word), text: compact(text) };
}

function contains(word: Compiled, part: Compiled): boolean {
  return word.text.includes(part.text);
}

function textOf(spelling: Spelling): string {
  return typeof spelling === 'string' ? spelling : spelling.text;
}
