// Stands in for the credential helper of AWS where it is named as credential_process: asks a local `serve`, and prints.
// @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
const [, , endpoint] = process.argv;
const ROLES = `${endpoint}/latest/meta-data/iam/security-credentials/`;

async function text(url, options) {
  const response = await fetch(url, options);
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return body;
}

async function print() {
  const seconds = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  const token = await text(`${endpoint}/latest/api/token`, { method: 'PUT', headers: seconds });
  const headers = { 'x-aws-ec2-metadata-token': token };
  const role = await text(ROLES, { headers });
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = JSON.parse(
    await text(`${ROLES}${role.trim()}`, { headers }),
  );
  const printed = { Version: 1, AccessKeyId, SecretAccessKey, SessionToken: Token, Expiration };
  process.stdout.write(JSON.stringify(printed));
}

print().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
