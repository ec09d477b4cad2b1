import type { Episode, Episodes } from './episodes.ts';

/** Drift episodes in memory, for tests. */
export function memoryEpisodes(): Episodes {
  const episodes = new Map<string, Episode>();
  return {
    read: (subject) => Promise.resolve(episodes.get(subject)),
    write: (subject, episode) => Promise.resolve(void episodes.set(subject, episode)),
  };
}
