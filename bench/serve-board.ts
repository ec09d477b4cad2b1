import { parseArgs } from 'node:util';
import { faultPlan } from '../local/community/faults.ts';
import { watchLateness } from '../local/community/lateness.ts';
import { listen } from '../local/community/site-server.ts';
import { benchBoard } from './bench-board.ts';

// Serves the benchmark's board from a process of its own, until its input ends. Says where, and what there is, in one line of JSON.
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'bench' },
    posts: { type: 'string', default: '300' },
    threads: { type: 'string', default: 'real' },
    cut: { type: 'string', default: '0' },
  },
});
const board = benchBoard({ seed: values.seed, count: Number(values.posts), threads: values.threads === 'short' ? 'short' : 'real' });
const nextFault = faultPlan({ seed: values.seed, cut: Number(values.cut) });
let [requests, bytes, faults] = [0, 0, 0];

const { url } = await listen({
  host: '127.0.0.1',
  port: 0,
  lateness: watchLateness(),
  reply(request) {
    const answer = board.answer(request);
    return { answer, fault: answer.kind === 'robots' ? null : nextFault() };
  },
  log(_request, _incoming, reply, sent) {
    requests += 1;
    bytes += sent.bytes;
    if (reply.fault !== null) faults += 1;
  },
});
const comments = board.posts.flatMap((post) => post.comments).filter(({ deleted }) => !deleted).length;
console.log(JSON.stringify({ url, posts: board.posts.length, comments }));

// Each line of input asks what was served since the last one.
process.stdin.setEncoding('utf8').on('data', () => {
  console.log(JSON.stringify({ requests, bytes, faults }));
  [requests, bytes, faults] = [0, 0, 0];
});
process.stdin.on('end', () => process.exit(0));
