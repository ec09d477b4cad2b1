import { seoulText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import { context, header, section, type Block, type SlackMessage } from '../slack/blocks.ts';
import { escaped, link } from '../slack/escape.ts';
import type { Alert } from './alert.ts';
import { alertLine, placeOf, probabilityInWords } from './alert-message.ts';
import { ALERT_WORDS, type Language } from './alert-words.ts';

/** Slack takes 50 blocks a message; header and footer are two. */
export const MOST_IN_DIGEST = 20;
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
    text: first ? `${heading}: ${alertLine(first.alert, language)} …` : heading,
    blocks: [
      header(heading),
      ...entries.map(({ alert, mayRepeat }) => entrySection(alert, mayRepeat, language)),
      ...(first
        ? [context(words.footer(seoulText(instantOf(first.alert.batch)), first.alert.batch, escaped(first.alert.model_version, 60)))]
        : []),
    ],
  };
}

function entrySection(alert: Alert, mayRepeat: boolean, language: Language): Block {
  const words = ALERT_WORDS[language];
  const mark = `${mayRepeat ? `${words.mayRepeat} ` : ''}${alert.level}`;
  const facts = [placeOf(alert, language), words.age(alert.age_minutes), words.comments(alert), probabilityInWords(alert, words)];
  const [reason] = words.reasons(alert);
  return section(
    [
      `*${mark} · ${link(alert.url, alert.title || words.noTitle, TITLE_LIMIT)}*`,
      [...facts, escaped(alert.keywords.join(', '), 100)].filter(Boolean).join(' · '),
      ...(reason ? [`• ${escaped(reason, 200)}`] : []),
    ].join('\n'),
  );
}
