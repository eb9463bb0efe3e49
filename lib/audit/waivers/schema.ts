import { z } from 'zod';

const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDayOfCalendar(text), 'must be a day, as in 2027-03-31')
  .describe('The last day on which it holds.');

/** Somebody can read something in it. */
const words = z
  .string()
  .refine((text) => /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(text), 'must say something');

/** A day that a month does not have is taken for one of the next month. */
function isDayOfCalendar(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Left out, the audit reports it: that nobody answers for a waiver is a finding, not a reason not to run. */
const answerable = {
  reason: words.optional().describe('Why it is right not to follow the rule here.'),
  owner: words.optional().describe('Who answers for it: a person or a team.'),
  expires: day.optional(),
  environment: z.string().min(1).optional().describe('The one environment that it is for; left out, every one.'),
};

/** The file that `--waivers` names. */
export const waiversFileSchema = z.strictObject({
  waivers: z
    .array(
      z.strictObject({
        rule: z.string().min(1).describe('Id of the rule, as the report names it.'),
        resource: z
          .string()
          .min(1)
          .describe(
            'Place as the report names it: the address of the resource, and the sum of what was found there where that is several facts.',
          ),
        ...answerable,
      }),
    )
    .default([])
    .describe('Failures and doubts that somebody answers for.'),
  accept: z
    .array(
      z
        .strictObject({
          access: z
            .string()
            .min(1)
            .optional()
            .describe(
              'New access since the baseline, as the report names it: caller, action, resources and circumstances; * stands for any text.',
            ),
          loss: z
            .string()
            .min(1)
            .optional()
            .describe('What a plan, or a change since the baseline, ends: address and word; * stands for any text.'),
          ...answerable,
        })
        .refine(({ access, loss }) => (access === undefined) !== (loss === undefined), 'must name access or loss'),
    )
    .default([])
    .describe('New access, and losses, that somebody answers for.'),
});

export type WaiversFile = z.infer<typeof waiversFileSchema>;
