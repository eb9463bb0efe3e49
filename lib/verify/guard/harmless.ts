/** Not JSON, so that neither S3 nor IAM nor KMS can take it for a policy: they refuse it also to who may write one. */
export const NOT_A_POLICY = 'vault-env verify: not a policy';

/** The digest of no bytes: S3 refuses any other body that is said to have it, and stores nothing. */
export const MD5_OF_NO_BYTES = '1B2M2Y8AsgTpgAmY7PhCfg==';

/** No object has this ETag, so a copy of one that has it does nothing. */
export const ETAG_OF_NO_OBJECT = '"vault-env-verify-no-object"';

/** The version of a time without versioning; under a key that nobody uses there is none. */
export const NULL_VERSION = 'null';

/** Shortest session that STS hands out. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const SHORTEST_SESSION_SECONDS = 900;

/** Session policy that takes every right away, so that a session which is wrongly handed out is of no use. */
export const NO_RIGHTS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

const NO_SUCH_POLICY = 'vault-env-verify-does-not-exist';

/** Name of a customer-managed policy that nobody makes. */
export function missingPolicyName(runId: string): string {
  return `${NO_SUCH_POLICY}-${runId}`;
}

export function isMissingPolicy(policyArn: string): boolean {
  return policyArn.includes(`:policy/${NO_SUCH_POLICY}-`);
}

/** Keys of backups in a page of their list. */
export const BACKUPS_PAGE_KEYS = 1000;

/** The first byte of an object: enough for S3 to need its key. */
export const FIRST_BYTE = 'bytes=0-0';
