import {
  GetObjectCommand,
  type GetObjectCommandInput,
  type GetObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ask } from './ask';
import { type Call, type CallsOf, callsOf, type Send } from './calls';
import { S3_OPERATIONS } from './operations';

/** An object and its bytes, read to the end. */
export type ReadObject = Omit<GetObjectCommandOutput, 'Body'> & { readonly Body: Uint8Array };

export interface S3Calls extends CallsOf<typeof S3_OPERATIONS> {
  readonly getObject: Call<GetObjectCommandInput, ReadObject>;
}

/** The S3 operations on one client. */
export function s3CallsOf(client: S3Client): S3Calls {
  return {
    ...callsOf(S3_OPERATIONS, client.send.bind(client) as Send),
    // The body is part of the answer: a connection that breaks half way is a refusal, not a success.
    getObject: (input, signal) => ask(() => readObject(client, { input, signal }), signal),
  };
}

interface Reading {
  readonly input: GetObjectCommandInput;
  readonly signal: AbortSignal | undefined;
}

async function readObject(client: S3Client, { input, signal }: Reading): Promise<ReadObject> {
  const output = await client.send(new GetObjectCommand(input), signal ? { abortSignal: signal } : {});
  const body = await output.Body?.transformToByteArray();
  return { ...output, Body: body ?? new Uint8Array() };
}
