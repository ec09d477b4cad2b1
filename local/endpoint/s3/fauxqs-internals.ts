/*
 * fauxqs exports only its application; its stores are not among its exports, so they are imported by path.
 * The version is pinned exactly in package.json, and s3-app.test.ts fails when these files move.
 */
export { S3Store } from '../../../node_modules/fauxqs/dist/s3/s3Store.js';
export { SqsStore } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
export { SnsStore } from '../../../node_modules/fauxqs/dist/sns/snsStore.js';
export { S3Error } from '../../../node_modules/fauxqs/dist/common/errors.js';
export type { S3Object } from '../../../node_modules/fauxqs/dist/s3/s3Types.js';
export type { S3PersistenceProvider } from '../../../node_modules/fauxqs/dist/s3/s3Persistence.js';
