/** The parts of an SDK client that do for each request what has to be done once, or not at all. */
interface Client {
  readonly middlewareStack: { remove(name: string): boolean };
  readonly config: object;
}

type SignerProvider = (scheme?: unknown) => Promise<unknown>;

/**
 * Takes work off a client, a twentieth of what a verification costs its host: a log that nobody reads, for which the SDK
 * looks through every request and answer, and a signer for each request with a copy of the whole configuration.
 */
export function makeLean({ middlewareStack, config }: Client): void {
  middlewareStack.remove('loggerMiddleware');
  const settings = config as { signer: SignerProvider };
  const provideSigner = settings.signer;
  let signer: Promise<unknown> | undefined;
  // Service and region of a client are those of its first request, so that every signer would be the same.
  settings.signer = (scheme) => {
    signer ??= provideSigner(scheme);
    return signer;
  };
}
