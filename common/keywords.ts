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
 * What to type into a site's search to find every spelling of a keyword: spellings that contain another one are found with it.
 */
export function searchTerms(spellings: readonly string[]): string[] {
  const distinct = spellings.filter(
    (spelling, index) => spellings.findIndex((other) => normalised(other) === normalised(spelling)) === index,
  );
  return distinct.filter((spelling) => !distinct.some((other) => other !== spelling && normalised(spelling).includes(normalised(other))));
}

function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
}
