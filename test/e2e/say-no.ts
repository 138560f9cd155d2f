import type { Page } from '@playwright/test';

type Asked = { origins: string[]; inPress: boolean };
declare global {
  /** In a page of the extension under test: what the browser was asked for, and whether that was within a press. */
  var asked: Asked[] | undefined;
  var unanswer: (() => void) | undefined;
}

/**
 * From now on the person says no to the browser's question in this page; or the browser does not ask, as where a policy
 * forbids the address. Its own question cannot be pressed by a story.
 */
export const sayNo = (page: Page, how: 'declined' | 'not-asked'): Promise<void> =>
  page.evaluate((no) => {
    globalThis.unanswer?.();
    const { request } = chrome.permissions;
    const asked: Asked[] = [];
    globalThis.asked = asked;
    globalThis.unanswer = () => Object.assign(chrome.permissions, { request });
    const answer = ({ origins = [] }: chrome.permissions.Permissions) => {
      asked.push({ origins, inPress: navigator.userActivation.isActive });
      return no === 'declined' ? Promise.resolve(false) : Promise.reject(new Error('Blocked by policy.'));
    };
    Object.assign(chrome.permissions, { request: answer });
  }, how);

/** From now on the browser answers for itself. Gives what it was asked for meanwhile. */
export const answerAgain = (page: Page): Promise<Asked[]> =>
  page.evaluate(() => {
    globalThis.unanswer?.();
    return globalThis.asked ?? [];
  });
