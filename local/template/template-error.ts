/** A template says something that cannot be deployed. The message names template, resource and the thing. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Where in the templates we are, for messages: `extract/template.yaml: ExtractFunction`. */
export interface Place {
  readonly template: string;
  /** A logical id, or a section such as `Outputs.DataBucketName`. */
  readonly subject: string;
}

/** The error that every rule of this folder raises. `thing` is a sentence that names what is wrong and what to do. */
export function templateError(place: Place, thing: string, cause?: unknown): TemplateError {
  return new TemplateError(`${place.template}: ${place.subject}: ${thing}`, cause === undefined ? undefined : { cause });
}
