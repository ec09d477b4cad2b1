import { join } from 'node:path';
import { readRecording } from './recorded-posts.ts';
import { SCHEDULES, trialTable } from './trial-table.ts';

// `npm run simulate:freshness`: what reading posts more or less often costs and brings. docs/freshness.md shows what it prints.
const posts = readRecording(join(import.meta.dirname, '../../data/comment-arrivals/kona-fire.ndjson.gz'));
for (const batchMinutes of SCHEDULES) console.log(`${trialTable(posts, batchMinutes)}\n`);
