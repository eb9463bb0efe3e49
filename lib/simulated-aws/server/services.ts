import { iamService } from '../iam';
import { kmsService } from '../kms';
import { s3Service } from '../s3';
import type { Service } from '../service/service';
import { stsService } from '../sts';

/** The services of the simulated account. */
export const services: readonly Service[] = [s3Service, iamService, stsService, kmsService];
