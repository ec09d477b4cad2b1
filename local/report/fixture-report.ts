import type { HotPostReport, ReportData } from './report-data.ts';

/** For tests: an invented hot post; comments come faster and faster. */
export function hotPost(changes: Partial<HotPostReport> = {}): HotPostReport {
  return {
    site: 'bobaedream',
    board: 'freeb',
    postId: '1001',
    title: '신형 세단 엔진에서 이상한 소리가 나요',
    url: 'http://127.0.0.1:8801/view?code=freeb&No=1001',
    createdAt: '2026-11-20T05:02:00Z',
    firstSeenAt: '2026-11-20T05:30:00Z',
    isGone: false,
    keywords: ['엔진', '결함'],
    commentsSeen: 60,
    threshold: 45,
    impact: 2.41,
    probability: 0.62,
    level: 'critical',
    reasons: ['60 comments in 118 minutes', '22 of them in the last 20 minutes'],
    alertedAt: [
      { level: 'hot', batch: '20261120T053000Z' },
      { level: 'critical', batch: '20261120T063000Z' },
    ],
    arrivals: Array.from({ length: 60 }, (_, index) => 118 * Math.sqrt((index + 1) / 60)),
    ...changes,
  };
}

/** For tests: a report of two batches and two posts. */
export function reportData(changes: Partial<ReportData> = {}): ReportData {
  const counts = {
    search: { found: 41, added: 12, refused: 0 },
    plan: { posts: 31, parts: 4 },
    extract: { posts: 31, comments: 512, gone: 1, failed: 0, undone: 0, quarantined: 1, requests: 63 },
    transform: { posts: 31, comments: 511, quarantined: 1 },
    alarm: { sent: 1, repeated: 0 },
  };
  return {
    generatedAt: '2026-11-20T09:12:00Z',
    batches: [
      { batch: '20261120T053000Z', status: 'SUCCEEDED', executionName: '20261120T053000Z', counts, milliseconds: 21_400 },
      {
        batch: '20261120T060000Z',
        status: 'FAILED',
        executionName: '20261120T060000Z-r2',
        counts: { search: counts.search },
        milliseconds: 7_300,
      },
      { batch: '20261120T063000Z', status: 'SUCCEEDED', executionName: '20261120T063000Z', counts, milliseconds: 19_800 },
    ],
    messages: [
      {
        sentAt: '2026-11-20T05:30:21Z',
        to: '',
        level: 'hot',
        text: '*[HOT]* <http://127.0.0.1:8801/1001|신형 세단 엔진에서 이상한 소리가 나요>\n댓글 19개 · 28분',
      },
      { sentAt: '2026-11-20T06:00:09Z', to: '', level: 'failure', text: 'Batch 20261120T060000Z failed in PrepareLoad: WarehouseError' },
      {
        sentAt: '2026-11-20T06:30:19Z',
        to: '',
        level: 'critical',
        text: '*[CRITICAL]* 신형 세단 엔진에서 이상한 소리가 나요\n댓글 48개 · 88분',
      },
    ],
    hotPosts: [
      hotPost(),
      hotPost({
        site: 'clien',
        board: 'cm_car',
        postId: '77',
        title: '전기차 배터리 화재, 지하주차장에서 실제로 겪은 이야기 (사진 있음, 긴 글 주의)',
        isGone: true,
        keywords: ['배터리', '화재', '전기차'],
        level: 'hot',
        commentsSeen: 18,
        threshold: 40,
        impact: 0.38,
        probability: 0.092,
        reasons: ['18 comments in 55 minutes'],
        alertedAt: [{ level: 'hot', batch: '20261120T063000Z' }],
        createdAt: '2026-11-20T05:35:00Z',
        arrivals: Array.from({ length: 18 }, (_, index) => 3 * (index + 1)),
      }),
    ],
    alarm: {
      sentLastDay: 4,
      maxAlertsPerDay: 10,
      withheld: 1,
      hotShare: 0.042,
      postsPerDay: 240,
      modelVersion: 'test-1',
      sites: [{ site: 'bobaedream', finishedPosts: 31, hotCut: 0.0421, watchCut: 0.13, stability: [0.04, null, 0.31] }],
    },
    states: [
      { name: 'EnsureCluster', startedMs: 0, milliseconds: 420, status: 'SUCCEEDED', retries: 0 },
      ...Array.from({ length: 6 }, (_, item) => ({
        name: 'Search',
        startedMs: 450 + item * 40,
        milliseconds: 900 + item * 210,
        status: 'SUCCEEDED',
        retries: 0,
      })),
      { name: 'Plan', startedMs: 2600, milliseconds: 300, status: 'SUCCEEDED', retries: 0 },
      ...Array.from({ length: 4 }, (_, item) => ({
        name: 'Extract',
        startedMs: 2900,
        milliseconds: 3100 + item * 400,
        status: item === 2 ? 'CAUGHT' : 'SUCCEEDED',
        retries: item === 1 ? 1 : 0,
      })),
      { name: 'Transform', startedMs: 7300, milliseconds: 9400, status: 'SUCCEEDED', retries: 0 },
      { name: 'PrepareLoad', startedMs: 16_700, milliseconds: 160, status: 'SUCCEEDED', retries: 0 },
      { name: 'SubmitLoad', startedMs: 16_900, milliseconds: 60, status: 'SUCCEEDED', retries: 0 },
      { name: 'Alarm', startedMs: 19_100, milliseconds: 600, status: 'SUCCEEDED', retries: 0 },
    ],
    problems: [
      {
        batch: '20261120T053000Z',
        times: 1,
        stage: 'extract',
        kind: 'LayoutChangedError',
        subject: 'clien cm_car 91',
        message: 'The page has no title',
      },
    ],
    ...changes,
  };
}
