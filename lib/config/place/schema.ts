import { z } from 'zod';
import { ACCOUNT_ID } from '../../arn';
import { brokenBucketNameRules, brokenExistingNameRules } from '../bucket-name';
import { partitionOf, regionRule } from '../partition';

const named = (brokenRules: (name: string) => readonly string[]) =>
  z.string().superRefine((name, context) => {
    for (const rule of brokenRules(name)) context.addIssue({ code: 'custom', message: rule, input: name });
  });
export const bucketName = named(brokenBucketNameRules);
export const existingBucketName = named(brokenExistingNameRules);

export const account = z
  .string("must be the account's 12 digits in quotes")
  .regex(ACCOUNT_ID, "must be the account's 12 digits in quotes");

export const region = z.string().superRefine((name, context) => {
  if (partitionOf(name) === undefined) context.addIssue({ code: 'custom', message: regionRule(name), input: name });
});
