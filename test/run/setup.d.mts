export function say(line: string): void;
export function findChromium(): Promise<string>;
