import { seoulText } from '../../../common/clock.ts';
import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import { ALERT_WORDS, type Language } from '../alarm/alert-words.ts';
import { context, fields, header, section, type SlackMessage } from '../slack/blocks.ts';
import { escaped } from '../slack/escape.ts';

/** What an operator is told: all ready mrkdwn but `examples`, which is text from elsewhere. */
export interface Notice {
  /** Also the heading of its section in alarm/runbook.md, in Korean. */
  readonly heading: string;
  /** The facts in a line, for the notification. */
  readonly summary: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly examples?: { readonly label: string; readonly lines: readonly string[] };
  readonly todo: string;
  /** When it is told again. */
  readonly footer: string;
  readonly runbook: string;
}

const WORDS = {
  ko: {
    mark: '[운영]',
    time: '수집 시각',
    seoul: '(서울)',
    todo: '할 일',
    more: (title: string) => `자세한 순서는 alarm/runbook.md의 "${title}"에 있습니다.`,
  },
  en: {
    mark: '[Operations]',
    time: 'Batch',
    seoul: '(Seoul)',
    todo: 'What to do',
    more: (title: string) => `Step by step: alarm/runbook.md, "${title}".`,
  },
} as const satisfies Record<Language, unknown>;

/** The message of a notice. */
export function noticeMessage(notice: Notice, batch: Batch, mayRepeat: boolean, language: Language): SlackMessage {
  const words = WORDS[language];
  const heading = `${mayRepeat ? `${ALERT_WORDS[language].mayRepeat} ` : ''}${words.mark} ${notice.heading}`;
  const { examples } = notice;
  return {
    text: `${heading}: ${notice.summary}, batch ${batch}`,
    blocks: [
      header(heading),
      fields([...notice.facts, [words.time, `${seoulText(instantOf(batch))} ${words.seoul}`]]),
      ...(examples && examples.lines.length > 0
        ? [section(`*${examples.label}*\n${examples.lines.map((line) => `• ${escaped(line, 300)}`).join('\n')}`)]
        : []),
      section(`*${words.todo}*\n${notice.todo}`),
      context(`${notice.footer} batch ${batch} · ${words.more(notice.runbook)}`),
    ],
  };
}
