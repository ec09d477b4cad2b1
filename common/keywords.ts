import type { KeywordSet, KeywordSets } from './contracts/keyword-sets.ts';
import { InvalidEventError } from './errors.ts';

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

/**
 * A text matches a keyword when it holds one of its spellings, without regard to width, case and spacing.
 * A negative word vetoes: it silences the spellings that it contains (`코나커피` silences `코나`, not `코나 EV`);
 * one that contains no spelling at all silences the whole post.
 */
export function keywordMatcher(set: KeywordSet): KeywordMatcher {
  const keywords = set.keywords.map(({ name, spellings }) => ({ name, spellings: spellings.map(normalised) }));
  const negative = set.negative.map(normalised);
  const every = keywords.flatMap(({ spellings }) => spellings);

  return (title, body) => {
    const text = `${normalised(title)}\n${normalised(body)}`;
    const vetoes = negative.filter((word) => text.includes(word));
    if (vetoes.some((veto) => !every.some((spelling) => veto.includes(spelling)))) return [];
    const counts = (spelling: string) => text.includes(spelling) && !vetoes.some((veto) => veto.includes(spelling));
    return keywords.filter(({ spellings }) => spellings.some(counts)).map(({ name }) => name);
  };
}

/**
 * Says of a keyword's name and a title whether a negative word silences the keyword there. A search may find a post by its text; a title
 * that speaks of 코나커피 tells that it is about something else.
 */
export function keywordVeto(set: KeywordSet): (name: string, title: string) => boolean {
  const matches = keywordMatcher(set);
  const negative = set.negative.map(normalised);
  const every = set.keywords.flatMap(({ spellings }) => spellings.map(normalised));

  return (name, title) => {
    const own = set.keywords.find((keyword) => keyword.name === name)?.spellings.map(normalised) ?? [];
    const silences = (veto: string) =>
      own.some((spelling) => veto.includes(spelling)) || !every.some((spelling) => veto.includes(spelling));
    const text = normalised(title);
    return negative.some((veto) => text.includes(veto) && silences(veto)) && !matches(title, '').includes(name);
  };
}

/**
 * What to type into a site's search to find every spelling of a keyword: spellings that contain another one are found with it. Whether a
 * site's search minds spaces is not known, so spellings that differ in them are all typed.
 */
export function searchTerms(spellings: readonly string[]): string[] {
  const folded = spellings.map(asTyped);
  return spellings.filter((_, index) => {
    const own = folded[index] ?? '';
    return folded.indexOf(own) === index && !folded.some((other) => other !== own && own.includes(other));
  });
}

function asTyped(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

function normalised(text: string): string {
  return asTyped(text).replaceAll(' ', '');
}
