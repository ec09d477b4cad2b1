/** What a person did or can mend: the CLI prints the message alone, without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
