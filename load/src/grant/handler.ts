import { customResourceHandler } from '../../../common/custom-resource.ts';
import { adminWarehouse } from '../admin-warehouse.ts';
import { grant } from './grant.ts';

// Deleting the stack deletes the warehouse with its users.
export const handler = customResourceHandler(
  adminWarehouse,
  ({ ResourceProperties }, warehouse) => grant(ResourceProperties, warehouse),
  () => Promise.resolve(),
);
