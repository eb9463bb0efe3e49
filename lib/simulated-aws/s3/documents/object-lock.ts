import type { DocumentKind } from './read-document';
import { group, oneOf, required, timestamp } from './shape';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const retention: DocumentKind = {
  root: 'Retention',
  shape: group({ Mode: oneOf('GOVERNANCE', 'COMPLIANCE'), RetainUntilDate: timestamp }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const legalHold: DocumentKind = {
  root: 'LegalHold',
  shape: group({ Status: required(oneOf('ON', 'OFF')) }),
};
