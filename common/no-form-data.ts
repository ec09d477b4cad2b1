/**
 * Stands in for the package form-data in bundles (Alias in extract/template.yaml): axios loads it for posting forms, which nothing here does,
 * and with it a table of all media types, a tenth of the bundle. axios asks only whether something is one.
 */
export default function NoFormData(): never {
  throw new Error('This bundle leaves form-data out: send JSON or bytes, or take the Alias out of the template');
}
