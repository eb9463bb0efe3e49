/** DNS suffixes of the partitions that do not use `amazonaws.com`. */
const dnsSuffixes: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };

/** The value of `kms:ViaService` for requests that S3 makes, for example `s3.us-east-2.amazonaws.com`. */
export function s3ServiceName(location: { readonly partition: string; readonly region: string }): string {
  return `s3.${location.region}.${dnsSuffixes[location.partition] ?? 'amazonaws.com'}`;
}
