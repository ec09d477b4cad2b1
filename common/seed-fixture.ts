/**
 * What tests that draw at random draw from: the same in every run, so that a change fails by its own fault alone; `HOTPOST_SEED=n npm test`
 * draws something else.
 */
export const TEST_SEED = Number(process.env['HOTPOST_SEED'] ?? 1);

if (!Number.isSafeInteger(TEST_SEED) || TEST_SEED < 0) {
  throw new Error(`HOTPOST_SEED is "${process.env['HOTPOST_SEED'] ?? ''}". Give a whole number from 0.`);
}
