import type { DriftEpisode, DriftEpisodes } from './drift-episodes.ts';

/** Drift episodes in memory, for tests. */
export function memoryEpisodes(): DriftEpisodes {
  const episodes = new Map<string, DriftEpisode>();
  return {
    read: (subject) => Promise.resolve(episodes.get(subject)),
    write: (subject, episode) => Promise.resolve(void episodes.set(subject, episode)),
  };
}
