/** A service at one endpoint; each has to show by itself that it checks as AWS does. */
export type Service = 'S3' | 'KMS' | 'STS' | 'IAM' | 'S3 elsewhere' | 'KMS elsewhere';
