/** Texts that look like a secret: references to attributes that hold one, access keys, private keys. */
const SECRETS: readonly RegExp[] = [
  /\$\{(aws_iam_access_key|aws_iam_user_login_profile|random_password|tls_private_key)\.[^}]*\}/,
  /\$\{[^}]*\.(secret|password|private_key|secret_string|encrypted_secret|ses_smtp_password_v4)[^}]*\}/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(aws_)?(secret_?access_?key|session_?token)\b["']?\s*[=:]\s*["']?[A-Za-z0-9/+=]{16,}/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Whether a text holds what looks like a secret. */
export function holdsSecret(text: string): boolean {
  return SECRETS.some((pattern) => pattern.test(text));
}
