import { type CallsOf, callsOf, type Send } from './calls';
import { IAM_OPERATIONS, KMS_OPERATIONS, S3_OPERATIONS, STS_OPERATIONS } from './operations';

/** Reads that are sent with a signature that is wrong: to be refused by whoever checks signatures. */
export interface WronglySigned {
  readonly s3: Pick<CallsOf<typeof S3_OPERATIONS>, 'listObjectsV2'>;
  readonly kms: Pick<CallsOf<typeof KMS_OPERATIONS>, 'listKeys'>;
  readonly sts: Pick<CallsOf<typeof STS_OPERATIONS>, 'getCallerIdentity'>;
  readonly iam: Pick<CallsOf<typeof IAM_OPERATIONS>, 'getRole'>;
  readonly elsewhere: {
    readonly s3: Pick<CallsOf<typeof S3_OPERATIONS>, 'listBuckets'>;
    readonly kms: WronglySigned['kms'];
  };
}

interface Clients {
  readonly s3: Client;
  readonly kms: Client;
  readonly sts: Client;
  readonly iam: Client;
  readonly s3Elsewhere: Client;
  readonly kmsElsewhere: Client;
}

interface Client {
  send(command: never, options: never): unknown;
}

/** The reads on clients that else sign as they should. */
export function signWrongly({ s3, kms, sts, iam, s3Elsewhere, kmsElsewhere }: Clients): WronglySigned {
  const { listObjectsV2, listBuckets } = S3_OPERATIONS;
  const { listKeys } = KMS_OPERATIONS;
  return {
    s3: callsOf({ listObjectsV2 }, wronglySigned(s3)),
    kms: callsOf({ listKeys }, wronglySigned(kms)),
    sts: callsOf({ getCallerIdentity: STS_OPERATIONS.getCallerIdentity }, wronglySigned(sts)),
    iam: callsOf({ getRole: IAM_OPERATIONS.getRole }, wronglySigned(iam)),
    elsewhere: {
      s3: callsOf({ listBuckets }, wronglySigned(s3Elsewhere)),
      kms: callsOf({ listKeys }, wronglySigned(kmsElsewhere)),
    },
  };
}

/** The part of a command that changes its request on its way. */
interface Changeable {
  readonly middlewareStack: {
    add(middleware: RequestMiddleware, options: { name: string; step: 'deserialize'; priority: 'high' }): void;
  };
}

type RequestMiddleware = <A extends { request?: unknown }, R>(next: (args: A) => Promise<R>) => (args: A) => Promise<R>;

const SIGNATURE = /Signature=[0-9a-f]{64}/;

function wronglySigned(client: Client): Send {
  const send = client.send.bind(client) as Send;
  return (command, options) => {
    (command as Changeable).middlewareStack.add(spoilSignature, {
      name: 'wrongSignatureMiddleware',
      step: 'deserialize',
      priority: 'high',
    });
    return send(command, options);
  };
}

/** After signing, on the way out. */
const spoilSignature: RequestMiddleware = (next) => (args) => {
  const { headers } = args.request as { headers: Record<string, string> };
  headers.authorization = (headers.authorization ?? '').replace(SIGNATURE, `Signature=${'0'.repeat(64)}`);
  return next(args);
};
