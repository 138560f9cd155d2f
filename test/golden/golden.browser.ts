import { describe, expect, test } from 'vitest';
import { checkPackageFile } from '../../workers/package/check-file.ts';
import { verifyPackageFile } from '../../workers/verify/client.ts';
import { ports } from './builder.ts';
import { expectedOf, foundIn } from './expected.ts';

const urls = import.meta.glob<string>('./packages/*.zip', { query: '?url', import: 'default', eager: true });

describe('golden packages through the worker', () => {
  test.each(Object.entries(urls).map(([path, url]) => [path.slice('./packages/'.length), url] as const))(
    '%s',
    async (name, url) => {
      const file = await (await fetch(url)).blob();
      const answer = await verifyPackageFile(file);
      expect(foundIn(answer)).toEqual(expectedOf(name));
      const here = await checkPackageFile(new Uint8Array(await file.arrayBuffer()), ports);
      expect(answer).toEqual(here.answer);
    },
  );
});
