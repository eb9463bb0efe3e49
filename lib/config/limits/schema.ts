import { z } from 'zod';
import { ROTATION_DAYS, SESSION_SECONDS } from '../../iam/attachment/figures';

const SECONDS_OF_HOUR = 3600;

/** Figures that an audit judges by; what the file leaves out is judged by those of the audit. */
export const limits = z.strictObject({
  versionDays: z
    .int()
    .min(1)
    .max(36_500)
    .optional()
    .describe('Fewest days that a version must stay after it was replaced or deleted; left out, 7.'),
  rotationDays: z
    .int()
    .min(ROTATION_DAYS.min)
    .max(ROTATION_DAYS.max)
    .optional()
    .describe('Most days between rotations of a key; left out, 365.'),
  sessionHours: z
    .int()
    .min(SESSION_SECONDS.min / SECONDS_OF_HOUR)
    .max(SESSION_SECONDS.max / SECONDS_OF_HOUR)
    .optional()
    .describe('Longest session of the role, in hours; left out, 1.'),
  lockDays: z
    .int()
    .min(0)
    .max(36_500)
    .optional()
    .describe('Fewest days that Object Lock must hold every new version; left out, 0: no lock is asked for.'),
});
