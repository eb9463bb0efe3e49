import { z } from 'zod';

/**
 * What is read of the manifest of a list.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html#storage-inventory-location-manifest
 */
export const inventoryManifest = z.object({
  sourceBucket: z.string(),
  creationTimestamp: z.string().regex(/^\d{1,15}$/),
  fileFormat: z.string(),
  fileSchema: z.string(),
  files: z.array(z.object({ key: z.string() })),
});
