const BEGIN = '<!-- npm run cost -->\n';
const END = '\n<!-- end -->';

/** A document with the report between its marks. @throws Error when it has no marks. */
export function withReport(document: string, report: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`The document has no place for the report, from "${BEGIN.trim()}" to "${END.trim()}"`);
  return document.slice(0, from + BEGIN.length) + report + document.slice(to);
}
