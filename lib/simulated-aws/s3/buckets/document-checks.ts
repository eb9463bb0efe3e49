import { notImplemented } from '../../wire/http/aws-error';
import { buildElement, childText } from '../../wire/xml/xml-element';
import { invalidRequest } from '../request/errors';
import type { PublicAccessSetting } from '../request/public-access-block';
import type { Check } from './configuration';

const SETTINGS: readonly PublicAccessSetting[] = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
];

/** A setting that is not named is off. */
export const completePublicAccessBlock: Check = (document) => {
  const isOn = (setting: string) => childText(document, setting)?.toLowerCase() === 'true';
  return buildElement(document.name, Object.fromEntries(SETTINGS.map((setting) => [setting, isOn(setting)])));
};

/** Requester-pays changes who may read; it is not simulated. */
export const checkRequestPayment: Check = (document) => {
  if (childText(document, 'Payer') === 'Requester') throw notImplemented("request payment by 'Requester'");
  return document;
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html */
export const checkAcceleration: Check = (document, { name }) => {
  if (!name.includes('.')) return document;
  throw invalidRequest('S3 Transfer Acceleration is not supported for buckets with periods (.) in their names');
};
