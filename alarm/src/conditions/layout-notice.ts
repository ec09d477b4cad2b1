import type { Batch } from '../../../common/contracts/batch.ts';
import type { Language } from '../alarm/alert-words.ts';
import { escaped } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';
import type { Notice } from './notice.ts';
import type { SiteLayout } from './site-layouts.ts';

const RUNBOOK = '화면이 바뀜';

/** Tells the operator that a site's pages no longer parse. */
export function layoutNotice(layout: SiteLayout, batch: Batch, language: Language): Notice {
  return { ...(language === 'ko' ? inKorean(layout, batch) : inEnglish(layout, batch)), runbook: RUNBOOK };
}

function inKorean({ site, posts, changedPosts, lists, changedLists, examples }: SiteLayout, batch: Batch): Omit<Notice, 'runbook'> {
  const name = escaped(siteInWords(site), 100);
  return {
    heading: RUNBOOK,
    summary: `${name} – 글 ${changedPosts}개, 목록 ${changedLists}쪽을 읽지 못함`,
    facts: [
      ['사이트', name],
      ['읽지 못한 글', `${changedPosts}개 (읽은 글 ${posts}개)`],
      ['읽지 못한 목록', `${changedLists}쪽 (읽은 목록 ${lists}개)`],
    ],
    examples: { label: '무엇을 찾지 못했나', lines: examples },
    todo: `보관된 페이지로 파서를 고친 뒤 그 batch를 다시 읽으세요.\n노트북: \`npm start -- reparse --batch ${batch}\`\nAWS: ReparseFunction을 \`{"batch":"${batch}","keywordSetName":"…"}\` 이벤트로 호출`,
    footer: '읽지 못한 글은 빈 글로 저장하지 않았고, 읽을 차례로 남아 있습니다. 사이트가 나을 때까지 다시 알리지 않습니다.',
  };
}

function inEnglish({ site, posts, changedPosts, lists, changedLists, examples }: SiteLayout, batch: Batch): Omit<Notice, 'runbook'> {
  const name = escaped(site, 100);
  return {
    heading: 'Pages have changed',
    summary: `${name} – ${changedPosts} posts and ${changedLists} list pages could not be read`,
    facts: [
      ['Site', name],
      ['Posts not read', `${changedPosts} (${posts} read)`],
      ['Lists not read', `${changedLists} (${lists} read)`],
    ],
    examples: { label: 'What was not found', lines: examples },
    todo: `Mend the parser with the kept pages, then read the batch again.\nLaptop: \`npm start -- reparse --batch ${batch}\`\nAWS: invoke ReparseFunction with \`{"batch":"${batch}","keywordSetName":"…"}\``,
    footer: 'No unread post was stored as an empty one; they stay due. Told once until the site is read again.',
  };
}
