import type { RequestListener } from 'node:http';

export function serveStatic(dir: string, port: number): Promise<() => Promise<unknown>>;
export function listen(port: number, handler: RequestListener): Promise<() => Promise<unknown>>;
