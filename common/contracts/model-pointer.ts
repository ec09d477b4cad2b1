import * as z from 'zod';

/** A version is part of an object's name. */
export const modelVersionSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'must be a model version like arrivals-20240731-4ab74c7f');

/**
 * model/current.json of the assets bucket: the model that scores, `model/<model_version>.json`. `pinned`: a person chose it, and a deploy
 * leaves it alone; otherwise a deploy points it to the model that it brings.
 */
export const modelPointerSchema = z.strictObject({ model_version: modelVersionSchema, pinned: z.boolean().default(false) });
export type ModelPointer = z.infer<typeof modelPointerSchema>;

/** What a model says of itself; the job reads one `schema`. The rest is the trainer's and the job's. */
export const modelHeadSchema = z.looseObject({ schema: z.number().int(), model_version: modelVersionSchema });
