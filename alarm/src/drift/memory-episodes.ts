import type { DriftEpisode, DriftEpisodes } from './drift-episodes.ts';

/** Drift episodes in memory, for tests. */
export function memoryEpisodes(): DriftEpisodes {
  const episodes = new Map<string, DriftEpisode>();
  return {
    read: (site) => Promise.resolve(episodes.get(site)),
    write: (site, episode) => Promise.resolve(void episodes.set(site, episode)),
  };
}
