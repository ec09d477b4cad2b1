import type { Language } from '../alarm/alert-words.ts';
import { escaped } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';
import type { Notice } from './notice.ts';
import type { Condition } from './tell-conditions.ts';

const RUNBOOK = '사이트가 조용해짐';
const LEAST_POSTS = 20;
const LEAST_QUIET_MINUTES = 360;

/** A site's posts of two weeks: how many, the longest pause between two, how long the newest is past; minutes. */
export interface SiteActivity {
  readonly site: string;
  readonly posts: number;
  readonly longestPause: number;
  readonly quietMinutes: number;
}

/**
 * Whether the sites that a batch looked at still bring new posts: not so after twice the longest pause of their last two weeks, and six hours at
 * least. A site with fewer than twenty posts has no usual pace.
 */
export function quietSiteConditions(activity: readonly SiteActivity[], lookedAt: ReadonlySet<string>): Condition[] {
  return activity
    .filter(({ site }) => lookedAt.has(site))
    .map((site) => ({
      subject: `quiet#${site.site}`,
      state: stateOf(site),
      notice: (_batch, language) => notice(site, language),
    }));
}

function stateOf({ posts, longestPause, quietMinutes }: SiteActivity): Condition['state'] {
  if (posts < LEAST_POSTS) return 'unclear';
  if (quietMinutes > Math.max(LEAST_QUIET_MINUTES, 2 * longestPause)) return 'drifting';
  return quietMinutes <= Math.max(LEAST_QUIET_MINUTES, longestPause) ? 'healthy' : 'unclear';
}

function notice({ site, posts, longestPause, quietMinutes }: SiteActivity, language: Language): Notice {
  const [quiet, pause] = [Math.floor(quietMinutes / 60), Math.max(1, Math.round(longestPause / 60))];
  if (language === 'ko') {
    const name = escaped(siteInWords(site), 100);
    return {
      heading: RUNBOOK,
      summary: `${name} – ${quiet}시간째 새 글이 없음`,
      facts: [
        ['사이트', name],
        ['새 글이 없던 시간', `${quiet}시간 (2주 동안 가장 길게 ${pause}시간, 글 ${posts}개)`],
      ],
      todo: '검색과 목록이 비어 있지 않은지, 로그인 화면이나 점검 화면이 오지 않는지 브라우저로 확인하세요.',
      footer: '새 글이 다시 올 때까지 다시 알리지 않습니다.',
      runbook: RUNBOOK,
    };
  }
  const name = escaped(site, 100);
  return {
    heading: 'A site went quiet',
    summary: `${name} – no new post for ${quiet} h`,
    facts: [
      ['Site', name],
      ['Without a new post', `${quiet} h (longest of two weeks ${pause} h, ${posts} posts)`],
    ],
    todo: 'Look with a browser whether searches and lists are empty, or a login or maintenance page comes.',
    footer: 'Told once until new posts come again.',
    runbook: RUNBOOK,
  };
}
