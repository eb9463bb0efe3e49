import { Sha256 } from '@smithy/core/checksum';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Answer } from './answer';
import { ask, type Output } from './ask';
import { type ClientOptions, clientConfig } from './client-config';
import type { CredentialChain } from './credentials/credential-chain';
import type { EndpointLog } from './endpoint-log';

/** Facts that the readers of one account share. */
export interface Connection {
  readonly credentials: CredentialChain['provide'];
  readonly log: EndpointLog;
  readonly signal?: AbortSignal | undefined;
}

/** A service that no client of the SDK is here for. */
interface SignedService {
  /** Its id in the SDKs, by which people know it. */
  readonly id: string;
  /** Its name in signatures. */
  readonly signedAs: string;
  /** @throws {Error} a refusal, as clients of the SDK do */
  readonly readAnswer: (response: HttpResponse) => Promise<Output>;
}

/** Sends requests that read, with what the SDK's clients are made of: its signer and its handler. */
export function connectSigned(
  options: ClientOptions,
  { credentials, log, signal }: Connection,
  { id, signedAs, readAnswer }: SignedService,
) {
  const handler = new NodeHttpHandler(clientConfig(options).requestHandler);
  const signer = new SignatureV4({ service: signedAs, region: options.region, credentials, sha256: Sha256 });
  return {
    get: async <T>(makeRequest: () => Promise<HttpRequest>): Promise<Answer<T>> => {
      const send = async (): Promise<Output> => {
        const request = await makeRequest();
        const signed = (await signer.sign(request)) as HttpRequest;
        const { response } = await handler.handle(signed, signal ? { abortSignal: signal } : {});
        log.note(id, request, response);
        return readAnswer(response);
      };
      return (await ask(send, signal)) as Answer<T & Output>;
    },
    close: () => handler.destroy(),
  };
}
