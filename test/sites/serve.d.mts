export function servePms(
  port: number,
  app?: string,
): Promise<(() => Promise<unknown>) & { submitted: () => number }>;
