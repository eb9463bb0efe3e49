import { z } from 'zod';

/** The word for the key that an environment created itself, whose ARN AWS chose. */
export const CREATED_KEY = 'created';

/** An alias or an id would not say whose key it is. */
export const keyArn = z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, {
  error: 'must be the full ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), not an id or an alias',
  // So that a union says what it takes, and not this alone.
  abort: true,
});

const former = z
  .array(z.union([z.literal(CREATED_KEY), keyArn], `must be ${CREATED_KEY}, or the full ARN of a KMS key`))
  .default([])
  .describe(`Keys of earlier backups, readable and never written with: ARNs, or ${CREATED_KEY} for the created one.`);

const givenUp = z
  .array(z.literal(CREATED_KEY))
  .max(1)
  .default([])
  .describe(
    `[${CREATED_KEY}] lets go of the created key: Terraform forgets it, the role cannot read with it any more.`,
  );

/** How backups are encrypted, and what becomes of the keys of earlier ones. */
export const encryption = z.discriminatedUnion(
  'method',
  [
    z.strictObject({ method: z.literal('AES-256'), former, givenUp }),
    z.strictObject({
      method: z.literal('AWS-KMS'),
      key: keyArn.optional().describe('ARN of an existing KMS key; left out, a key is created.'),
      former,
      givenUp,
    }),
  ],
  'must be AES-256 or AWS-KMS',
);
