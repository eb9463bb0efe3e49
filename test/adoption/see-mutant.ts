import type { Catalogue } from '../../lib/catalogue';
import { buildEstate, type Estate, examine } from './estate';
import type { AdoptionMutant } from './mutants';

export async function inEstate<T>(use: (estate: Estate) => Promise<T>): Promise<T> {
  const estate = await buildEstate();
  try {
    return await use(estate);
  } finally {
    await estate.account.stop();
  }
}

/** Expects the mutant's item with its verdict and its words. */
export async function expectSeen(
  { make, environment, id, verdict, says }: AdoptionMutant,
  catalogue: Catalogue,
): Promise<void> {
  await inEstate(async (estate) => {
    await make?.(estate);
    const { items } = await examine(estate, { catalogue, ...(environment && { environment }) });
    const meant = items.filter((one) => (typeof id === 'string' ? one.id === id : id.test(one.id)));
    const told = meant.map((one) => ({ verdict: one.verdict, text: `${one.was} -> ${one.is}: ${one.detail}` }));
    expect(told.length > 0 ? told : items.map((one) => `${one.verdict} ${one.id}`)).toEqual(
      expect.arrayContaining([{ verdict, text: expect.stringContaining(says) }]),
    );
  });
}
