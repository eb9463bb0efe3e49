export type Partition = 'aws' | 'aws-us-gov' | 'aws-cn';

const REGION_FORMS: readonly { readonly form: RegExp; readonly partition: Partition }[] = [
  { form: /^us-gov-[a-z]+-\d$/, partition: 'aws-us-gov' },
  { form: /^cn-[a-z]+-\d$/, partition: 'aws-cn' },
  { form: /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/, partition: 'aws' },
];

/**
 * The partition that a region belongs to; undefined for a region of no partition known here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): Partition | undefined {
  return REGION_FORMS.find(({ form }) => form.test(region))?.partition;
}
