import { seoulText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import type { NotifyFailureEvent, StartEvent } from '../../../common/contracts/events.ts';
import { context, fields, header, section, type SlackMessage } from '../slack/blocks.ts';
import { escaped, escapedAsIs } from '../slack/escape.ts';
import type { HumanFailure } from './human-cause.ts';

type Run = Omit<NotifyFailureEvent, 'errors'>;

/** The message that a run failed: where, why, and how to run it again. */
export function failureMessage(run: Run, failure: HumanFailure, mayRepeat: boolean): SlackMessage {
  const { batch, executionName } = run;
  const heading = `${mayRepeat ? '[반복일 수 있음] ' : ''}[실패] 실행이 끝나지 못했습니다`;
  const rerun = JSON.stringify(rerunEvent(run, startAtFor(failure)));
  return {
    text: `${heading}: ${escaped(failure.state, 100)} – ${escaped(failure.error, 100)}, batch ${batch}`,
    blocks: [
      header(heading),
      fields([
        ['실패한 상태', escaped(failure.state, 200)],
        ['오류', escaped(failure.error, 200)],
        ['수집 시각', `${seoulText(instantOf(batch))} (서울)`],
        ['실행 이름', escaped(executionName, 80)],
      ]),
      section(`*원인*\n\`\`\`${codeBlock(failure.cause) || '이유가 전해지지 않았습니다'}\`\`\``),
      section(`*다시 실행*\nAWS: StartFunction을 \`${escapedAsIs(rerun)}\` 이벤트로 호출하세요.\n노트북: ${onTheLaptop(run)}`),
      context('이미 저장된 것은 그대로입니다. 자세한 순서는 alarm/runbook.md의 "실행이 실패함"에 있습니다.'),
    ],
  };
}

/** What StartFunction is to be given: what the run was, as far as it was not an ordinary one. */
function rerunEvent({ batch, keywordSetName, backfill, dryRun }: Run, startAt: StartEvent['startAt']): Partial<StartEvent> {
  return {
    batch,
    startAt,
    ...(keywordSetName === 'default' ? {} : { keywordSetName }),
    ...(backfill === null ? {} : { backfill }),
    ...(dryRun ? { dryRun } : {}),
  };
}

function onTheLaptop({ backfill }: Run): string {
  if (backfill === null) return '`npm start`가 끝나지 못한 batch부터 다시 실행합니다.';
  return `\`npm start -- backfill --from ${backfill.from} --to ${backfill.to}\`이 읽지 못한 것만 다시 읽습니다.`;
}

/** Where a rerun begins: at the stage of the state that failed, since every stage before it has ended; unless the cause says otherwise. */
export function startAtFor({ state, cause }: Pick<HumanFailure, 'state' | 'cause'>): StartEvent['startAt'] {
  if (cause.startsWith('quality gate') && cause.endsWith('from transform')) return 'transform';
  if (/alarm/i.test(state)) return 'alarm';
  if (/load/i.test(state)) return 'load';
  if (/transform/i.test(state)) return 'transform';
  return 'extract';
}

/** Keeps the line breaks of a cause; three backticks would end the block. */
function codeBlock(text: string): string {
  const printable = text.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '').replaceAll('```', "'''");
  return escapedAsIs(printable.slice(0, 500)) + (printable.length > 500 ? '…' : '');
}
