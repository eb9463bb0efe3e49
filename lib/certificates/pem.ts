/** A block of a PEM text. */
export interface PemBlock {
  /** As in `CERTIFICATE`. */
  readonly label: string;
  readonly der: Buffer;
}

/** @see https://www.rfc-editor.org/rfc/rfc7468 */
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\sA-Za-z0-9+/=]*)-----END \1-----/g;

const LINE_LENGTH = 64;

/** Every block of the text; what stands between blocks is explanation. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([, label = '', base64 = '']) => ({
    label,
    der: Buffer.from(base64, 'base64'),
  }));
}

/** Certificates as one text that is always written alike: Terraform takes any other line end for a change. */
export function writePem(certificates: readonly Buffer[]): string {
  return certificates
    .map((der) => {
      const lines = der.toString('base64').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
      return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
    })
    .join('');
}
