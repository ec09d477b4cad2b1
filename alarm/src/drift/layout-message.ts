import { seoulText } from '../../../common/clock.ts';
import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import { context, fields, header, section, type SlackMessage } from '../slack/blocks.ts';
import { escaped } from '../slack/escape.ts';
import { siteInWords } from '../slack/site-names.ts';
import type { SiteLayout } from './site-layouts.ts';

/** Tells the operator that a site's pages no longer parse. */
export function layoutMessage(layout: SiteLayout, batch: Batch, mayRepeat: boolean): SlackMessage {
  const site = siteInWords(layout.site);
  const heading = `${mayRepeat ? '[반복일 수 있음] ' : ''}[운영] 화면이 바뀜`;
  const { posts, changedPosts, lists, changedLists } = layout;
  return {
    text: `${heading}: ${escaped(site, 100)} – 글 ${changedPosts}개, 목록 ${changedLists}쪽을 읽지 못함, batch ${batch}`,
    blocks: [
      header(heading),
      fields([
        ['사이트', escaped(site, 100)],
        ['읽지 못한 글', `${changedPosts}개 (읽은 글 ${posts}개)`],
        ['읽지 못한 목록', `${changedLists}쪽 (읽은 목록 ${lists}개)`],
        ['수집 시각', `${seoulText(instantOf(batch))} (서울)`],
      ]),
      ...(layout.examples.length > 0
        ? [section(`*무엇을 찾지 못했나*\n${layout.examples.map((example) => `• ${escaped(example, 300)}`).join('\n')}`)]
        : []),
      section(
        `*할 일*\n보관된 페이지로 파서를 고친 뒤 그 batch를 다시 읽으세요.\n노트북: \`npm start -- reparse --batch ${batch}\`\nAWS: ReparseFunction을 \`{"batch":"${batch}","keywordSetName":"…"}\` 이벤트로 호출`,
      ),
      context(
        `읽지 못한 글은 빈 글로 저장하지 않았고, 읽을 차례로 남아 있습니다. 사이트가 나을 때까지 다시 알리지 않습니다. batch ${batch} · 자세한 순서는 alarm/runbook.md의 "화면이 바뀜"에 있습니다.`,
      ),
    ],
  };
}
