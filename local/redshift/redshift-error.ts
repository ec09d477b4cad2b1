/** What Redshift says of a statement that it refuses or that fails; ends as `Error` of the statement, never as an HTTP error. */
export class RedshiftError extends Error {
  override readonly name = 'RedshiftError';
}

/** For what Redshift can do and the stand-in cannot: loud, so that no one takes the laptop's silence for Redshift's consent. */
export function unsupported(what: string): RedshiftError {
  return new RedshiftError(`${what} is not supported by the local Redshift stand-in (docs/redshift-stand-in.md)`);
}
