export function servePms(port: number): Promise<(() => Promise<unknown>) & { submitted: () => number }>;
