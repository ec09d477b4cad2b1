import { silentInvocation } from '../alarm/alarm-fixture.ts';
import { fakeChannels } from '../channels/fake-channels.ts';
import type { RunEnd } from '../manifest/fold-manifests.ts';
import { NO_ROUTES } from '../routes/alert-routes.ts';

/** What the function is given, with a Slack that keeps what it receives and a run record that keeps what was folded. */
export function notifyFixture() {
  const slack = fakeChannels();
  const folded: RunEnd[] = [];
  const deps = {
    ...slack.deps,
    language: 'ko' as const,
    routing: () => Promise.resolve({ routes: NO_ROUTES, problems: [] }),
    runRecord: {
      fold(batch: string, end: RunEnd) {
        folded.push(end);
        const failure = end.status === 'FAILED' ? end.failure : null;
        return Promise.resolve({ batch, ...end, failure, counts: {}, tasks: [], unreadable: [] });
      },
    },
  };
  return { ...slack, deps, folded, invocation: silentInvocation(slack.remainingMilliseconds) };
}
