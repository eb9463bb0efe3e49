import { createHash } from 'node:crypto';
import { pemBlocks } from '../../../certificates/pem';
import { type Settings, settingsOf } from './settings';

/** Where the certificates of a trust anchor come from. */
export interface TrustAnchorSource {
  readonly type: string | undefined;
  readonly certificatesPem: string | undefined;
  readonly privateCaArn: string | undefined;
}

/** The source as settings; certificates by their fingerprints, however the text is written. */
export function sourceSettings({ type, certificatesPem, privateCaArn }: TrustAnchorSource): Settings {
  const fingerprints = pemBlocks(certificatesPem ?? '').map(({ der }) =>
    createHash('sha256').update(der).digest('hex'),
  );
  return settingsOf({
    SourceType: type,
    AcmPcaArn: privateCaArn,
    Certificates: fingerprints.sort().join(', '),
  });
}
