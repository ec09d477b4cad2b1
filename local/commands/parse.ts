import { Option, type Command } from 'commander';

const PAGE_KINDS = ['list', 'post', 'comments'] as const;

export interface ParseOptions {
  readonly site: string;
  readonly kind: (typeof PAGE_KINDS)[number];
  /** The post's address, which names its board and number. */
  readonly url?: string;
  /** When the page was saved, as ISO text; else the file's own time. */
  readonly savedAt?: string;
  readonly keywordSet: string;
  /** A saved page; `-` reads the standard input. */
  readonly page: string;
}

/** Declares `parse`. What it needs is loaded when it runs. */
export function registerParse(program: Command): void {
  program
    .command('parse <page>')
    .description('print what a saved page holds, as lines of JSON; - reads the standard input')
    .requiredOption('--site <name>', 'the community, such as clien')
    .addOption(new Option('--kind <kind>', 'what the page is').choices(PAGE_KINDS).makeOptionMandatory())
    .option('--url <address>', 'the address of the post: names its board and number (needed for post and comments)')
    .option('--saved-at <time>', 'when the page was saved, such as 2026-11-20T14:30:00+09:00 (default: the time of the file)')
    .option('--keyword-set <name>', 'whose keywords are marked, of config/keyword-sets.json', 'default')
    .action(async (page: string, options: Omit<ParseOptions, 'page'>) => {
      process.exitCode = await parseCommand({ ...options, page });
    });
}

/**
 * Parses a saved page and prints its records. Returns the exit status: 1 when the page holds none, with one sentence on the error stream.
 * @throws UserError for a page that cannot be read, and for options that do not go together.
 */
export async function parseCommand(options: ParseOptions): Promise<number> {
  const { runParse } = await import('./run-parse.ts');
  return runParse(options);
}
