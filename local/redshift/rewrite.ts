import { RedshiftError } from './redshift-error.ts';
import { afterParentheses, isText, render, type Token } from './tokens.ts';

const DATE_PARTS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

/** The statement as DuckDB takes it, after checkDialect. @throws RedshiftError */
export function asDuckDb(tokens: readonly Token[]): string {
  return render(withCheckedCasts(withQuotedDateParts(tokens)));
}

/** Redshift writes dateadd(hour, …) with a bare word where DuckDB takes a text. */
function withQuotedDateParts(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    const isPart = isText(tokens[index - 1], '(') && isText(tokens[index - 2], 'dateadd', 'datediff', 'date_part') && token.kind === 'word';
    if (!isPart) return token;
    const part = token.text.replace(/s$/, '');
    if (!DATE_PARTS.includes(part)) throw new RedshiftError(`date part "${token.text}" is not supported`);
    return { kind: 'string', text: `'${part}'` };
  });
}

/** `cast(x as varchar(n))` cuts to n bytes on Redshift and does nothing on DuckDB; here it fails when something would be cut. */
function withCheckedCasts(tokens: readonly Token[]): Token[] {
  const rewritten: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    const end = isText(token, 'cast') && isText(tokens[at + 1], '(') ? afterParentheses(tokens, at + 1) : -1;
    const [as, varchar, open, length, close] = end < 0 ? [] : tokens.slice(end - 6, end - 1);
    if (isText(as, 'as') && isText(varchar, 'varchar') && isText(open, '(') && length?.kind === 'number' && isText(close, ')')) {
      const value = withCheckedCasts(tokens.slice(at + 2, end - 6));
      rewritten.push(symbol('fitting_text'), symbol('('), symbol('cast'), symbol('('), ...value);
      rewritten.push(symbol('as'), symbol('varchar'), symbol(')'), symbol(','), length, symbol(')'));
      at = end;
    } else {
      if (token) rewritten.push(token);
      at += 1;
    }
  }
  return rewritten;
}

function symbol(text: string): Token {
  return { kind: 'symbol', text };
}
