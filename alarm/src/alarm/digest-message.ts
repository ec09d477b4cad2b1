import { seoulText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import { context, header, section, type Block, type SlackMessage } from '../slack/blocks.ts';
import { escaped, link } from '../slack/escape.ts';
import type { Alert } from './alert.ts';
import { alertLine, placeOf, probabilityInWords } from './alert-message.ts';
import { ALERT_WORDS, type Language } from './alert-words.ts';

/** Slack takes 50 blocks a message, and about 12,000 characters in all of them: an ordinary entry has 400. */
export const MOST_IN_DIGEST = 15;
const TITLE_LIMIT = 100;

/** One message about many posts, most urgent first. `mayRepeat`: the reader may have had this one already. */
export function digestMessage(
  entries: readonly { readonly alert: Alert; readonly mayRepeat: boolean }[],
  language: Language,
): SlackMessage {
  const words = ALERT_WORDS[language];
  const critical = entries.filter(({ alert }) => alert.level === 'critical').length;
  const heading = words.digest(entries.length, critical);
  const [first] = entries;
  return {
    // Every alert: when Slack refuses the blocks, this alone goes out, and all of them count as told.
    text: `${heading}: ${entries.map((entry) => entryLine(entry, language)).join('\n')}`,
    blocks: [
      header(heading),
      ...entries.map(({ alert, mayRepeat }) => entrySection(alert, mayRepeat, language)),
      ...(first
        ? [context(words.footer(seoulText(instantOf(first.alert.batch)), first.alert.batch, escaped(first.alert.model_version, 60)))]
        : []),
    ],
  };
}

function entryLine({ alert, mayRepeat }: { readonly alert: Alert; readonly mayRepeat: boolean }, language: Language): string {
  return `${markOf(alert, mayRepeat, language)} · ${alertLine(alert, language)}`;
}

function markOf(alert: Alert, mayRepeat: boolean, language: Language): string {
  return `${mayRepeat ? `${ALERT_WORDS[language].mayRepeat} ` : ''}${alert.level}`;
}

function entrySection(alert: Alert, mayRepeat: boolean, language: Language): Block {
  const words = ALERT_WORDS[language];
  const facts = [placeOf(alert, language), words.age(alert.age_minutes), words.comments(alert), probabilityInWords(alert, words)];
  const [reason] = words.reasons(alert);
  return section(
    [
      `*${markOf(alert, mayRepeat, language)} · ${link(alert.url, alert.title || words.noTitle, TITLE_LIMIT)}*`,
      [...facts, escaped(alert.keywords.join(', '), 100)].filter(Boolean).join(' · '),
      ...(reason ? [`• ${escaped(reason, 200)}`] : []),
    ].join('\n'),
  );
}
