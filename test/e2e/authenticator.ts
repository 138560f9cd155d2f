import type { CDPSession, Locator, Page } from '@playwright/test';
import { DEMO, DEMO_PIN, expect, signAs } from './app.ts';

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

/** The form in which a person adds a key, opened from the list of people. */
export async function addKey(
  page: Page,
  person: string,
  { name, pin = DEMO_PIN }: { name: string; pin?: string },
): Promise<Locator> {
  await page.goto(`${new URL(page.url()).origin}/#/people`);
  await page.getByRole('button', { name: `Manage ${person}` }).click();
  await page.getByRole('button', { name: 'Add a passkey or security key' }).click();
  const form = page.getByRole('form', { name: `${person}: add a passkey or security key` });
  await form.getByLabel('What you call it').fill(name);
  await form.getByLabel('PIN', { exact: true }).fill(pin);
  await form.getByRole('button', { name: 'Add it' }).click();
  return form;
}

/** Asks for keys with every signature of an act, by a rule that two people sign. Gives what was said before. */
export async function requireKeys(
  page: Page,
  act: string,
  look?: (page: Page) => Promise<void>,
): Promise<string> {
  await page.goto(`${new URL(page.url()).origin}/#/policy`);
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByLabel('At', { exact: true }).selectOption({ label: act });
  await page.getByLabel('Ask for').selectOption({ label: 'A passkey or security key with every signature' });
  await page.getByRole('button', { name: 'Add this rule' }).click();
  await page.getByRole('button', { name: 'See what changes' }).click();
  const sign = page.getByRole('form', { name: 'Sign the change' });
  await sign.getByLabel('Reason').fill('The board asked for it.');
  await signAs(sign, { label: 'Proposed by', name: DEMO.registrant });
  await signAs(sign, { label: 'Approved by, another person', name: DEMO.vet });
  const said = (await sign.textContent()) ?? '';
  await look?.(page);
  await sign.getByRole('button', { name: 'Sign and change the policy' }).click();
  await expect(page.getByText(/^The policy is changed\./)).toBeVisible();
  return said;
}
