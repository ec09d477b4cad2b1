import { unsupported } from './redshift-error.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { isText, startsWith, syntaxErrorAt, type Token } from './tokens.ts';
import { checkWindowsAndSubqueries } from './windows.ts';

/**
 * Functions that mean the same on Redshift and here (as macros, see database.ts). Left out on purpose, because DuckDB answers
 * differently: avg of integers (Redshift cuts to an integer), concat (null), listagg, log, trunc of times, the JSON functions.
 */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `count sum min max median percentile_cont row_number rank dense_rank lag lead first_value last_value ntile bool_and bool_or
  coalesce nullif nvl nvl2 greatest least abs ceil ceiling floor round exp ln power sqrt mod sign
  lower upper trim ltrim rtrim btrim length len char_length octet_length substring left right replace strpos position lpad rpad
  split_part reverse repeat md5 translate
  date_trunc dateadd datediff date_part extract getdate convert_timezone cast decimal numeric`.split(/\s+/),
);

/** Words before a parenthesis that are no function. */
const BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  `in values and or not exists as over from join on using select when then else where having by all any some union except intersect
  distinct between set case insert group with`.split(/\s+/),
);

/** What DuckDB understands and Redshift does not, as words that follow each other. */
const FOREIGN: readonly (readonly string[])[] = [
  ['returning'],
  ['on', 'conflict'],
  ['insert', 'or'],
  ['group', 'by', 'all'],
  ['order', 'by', 'all'],
  ['union', 'by'],
  ['union', 'distinct'],
  ['except', 'all'],
  ['intersect', 'all'],
  ['percent'],
  ['as', 'double', ')'],
  ['union', 'all', 'by'],
  ['filter', '('],
  ['lateral'],
  ['asof'],
  ['positional'],
  ['semi', 'join'],
  ['anti', 'join'],
  ['using', 'sample'],
  ['tablesample'],
  ['glob'],
  ['distinct', 'from'],
  ['exclude'],
  ['(', 'from'],
  ['count', '(', ')'],
  [',', 'from'],
  [',', ')'],
  ['try_cast'],
];

/** Words that Redshift may know and the stand-in does not show. */
const UNSHOWN: ReadonlySet<string> = new Set([
  'pivot',
  'unpivot',
  'connect',
  'recursive',
  'similar',
  'unnest',
  'qualify',
  'sysdate',
  'top',
  'full',
  'natural',
  // On the leader node only: they fail beside a table.
  'current_timestamp',
  'current_time',
  'localtimestamp',
  'localtime',
]);

/**
 * Refuses in a query or a change of rows what DuckDB would let through and Redshift would not.
 * `tableAt`: where the name of the changed table ends; a list of columns may follow.
 * @throws RedshiftError
 */
export function checkDialect(tokens: readonly Token[], tableAt = -1): void {
  for (const words of FOREIGN) {
    const at = tokens.findIndex((_, index) => startsWith(tokens, index, ...words));
    if (at >= 0) throw syntaxErrorAt(tokens, at);
  }
  checkWindowsAndSubqueries(tokens);
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'word' && UNSHOWN.has(token.text)) throw unsupported(token.text);
    // Redshift casts no text to boolean; what the cast is of, nobody here can tell.
    if (isText(token, 'boolean', 'bool') && isText(before, 'as', '::')) throw unsupported('A cast to boolean');
    if (token.kind === 'string' && isText(before, 'from', 'join', 'into', 'using', 'update')) throw syntaxErrorAt(tokens, index);
    if (isText(tokens[index + 1], '(') && index + 1 !== tableAt) checkCall(tokens, index);
    if (isText(before, 'as') && isText(token, ...RESERVED_WORDS) && !isText(token, 'select', 'with', 'timestamp', 'decimal')) {
      throw syntaxErrorAt(tokens, index);
    }
  });
}

function checkCall(tokens: readonly Token[], at: number): void {
  const token = tokens[at];
  if (token?.kind === 'quoted') throw unsupported(`The function ${token.text}`);
  if (token?.kind !== 'word' || BEFORE_PARENTHESIS.has(token.text)) return;
  if (token.text === 'varchar' && isText(tokens[at - 1], 'as')) return;
  // A name in `with name (columns) as` or `alias (columns)` ends here too: loud rather than wrong.
  if (!FUNCTIONS.has(token.text) || isText(tokens[at - 1], '.')) throw unsupported(`The function or column list ${token.text}(…)`);
}
