import type { CDPSession, Page } from '@playwright/test';

/**
 * Security keys that Chromium keeps in memory (WebDriver's virtual authenticators, over the DevTools protocol), one for
 * each person. A key answers what is asked of it while its person has a finger on it: `touch` puts it there, on this one
 * alone. What was asked before waits for good.
 */
export type Keys = {
  touch: (person: string | null) => Promise<void>;
  made: (person: string) => Promise<number>;
};

export async function keysFor(page: Page, people: readonly string[]): Promise<Keys> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const ids = new Map<string, string>();
  for (const person of people) ids.set(person, await plugIn(session));
  return {
    touch: async (person) => {
      for (const [owner, authenticatorId] of ids) {
        await session.send('WebAuthn.setAutomaticPresenceSimulation', {
          authenticatorId,
          enabled: owner === person,
        });
      }
    },
    made: async (person) => {
      const authenticatorId = ids.get(person) ?? '';
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.length;
    },
  };
}

async function plugIn(session: CDPSession): Promise<string> {
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'usb', hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: false },
    },
  });
  return authenticatorId;
}
