// `npm run golden`: runs make.ts through the bundler that the project has anyway.
import { runnerImport } from 'vite';

const { module } = await runnerImport(new URL('./make.ts', import.meta.url).pathname, { configFile: false });
const count = await module.makeGolden(import.meta.dirname);
process.stdout.write(`${count} golden files written\n`);
