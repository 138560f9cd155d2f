import { expect, it } from 'vitest';
import { decodeBench } from '../bench/decode.ts';

it('measures what a frame takes', async () => {
  const figures = await decodeBench(3);
  expect(figures).toHaveLength(4);
  for (const { name, p50, p95 } of figures) {
    expect(p50, name).toBeGreaterThan(0);
    expect(p95, name).toBeGreaterThanOrEqual(p50);
  }
});
