import './factor-turn.css';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Assertion } from '../../shared/ledger/assertion.ts';
import { done, type Outcome, type Refusal, refused } from '../../shared/protocol/outcome.ts';
import { Button } from '../../shared/ui/Button.tsx';
import type { FactorAsk } from '../../shared/ui/capture/record.ts';
import { Notice } from '../../shared/ui/Notice.tsx';
import { assert } from '../platform/webauthn.ts';
import { access } from './access.ts';
import { service } from './ledger.ts';

const AS_WORDS = {
  performer: 'who did it',
  witness: 'the witness',
  approver: 'who approves',
  registrant: '',
};

/**
 * Says whose turn it is, and asks that person's passkey or security key about their signature. A key that did not
 * answer can be asked again: what others have signed before stays signed. Cancelling, and the lock, give a refusal.
 */
export async function askInTurn({ entry, signed, signer }: FactorAsk): Promise<Outcome<Assertion>> {
  const challenge = await service.factorChallenge(entry, signed);
  if (challenge === null) return refused('not-started', 'Start a ledger first.');
  return inDialog(
    ({ refusal, onAgain, onCancel }) => <Turn {...{ signer, refusal, onAgain, onCancel }} />,
    (signal) => assert(challenge, signer.credentials, signal),
  );
}

type Showing = { refusal: Refusal | null; onAgain: () => void; onCancel: () => void };

/** Shows a dialog over the page for as long as `ask` takes, and again after each refusal, until somebody cancels. */
function inDialog(
  show: (showing: Showing) => preact.ComponentChild,
  ask: (signal: AbortSignal) => Promise<Outcome<Assertion>>,
): Promise<Outcome<Assertion>> {
  const host = document.createElement('div');
  document.body.append(host);
  return new Promise((resolve) => {
    let turn = new AbortController();
    const end = (outcome: Outcome<Assertion>) => {
      stop();
      turn.abort();
      render(null, host);
      host.remove();
      resolve(outcome);
    };
    const cancel = (why: string) => end(refused('cancelled', why));
    // The page is about to be covered: nobody signs behind the lock.
    const stop = access.subscribe(({ state }) => {
      if (state === 'locked') queueMicrotask(() => cancel('The screen was locked. Nothing was signed.'));
    });
    const paint = (refusal: Refusal | null) =>
      render(
        show({
          refusal,
          onAgain: () => void again(),
          onCancel: () => cancel('It was cancelled, and nothing is recorded. What you typed is kept.'),
        }),
        host,
      );
    const again = async () => {
      turn = new AbortController();
      const mine = turn;
      paint(null);
      const answer = await ask(mine.signal);
      if (mine.signal.aborted) return;
      if (answer.ok) end(done(answer.value));
      else paint(answer.refusal);
    };
    void again();
  });
}

function Turn({ signer, refusal, onAgain, onCancel }: Showing & Pick<FactorAsk, 'signer'>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { name, as, credentials } = signer;
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      class="factor-turn"
      ref={dialog}
      aria-labelledby="factor-turn"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <div class="stack">
        <h2 id="factor-turn">Touch the key of {name}</h2>
        <p>
          {name}, {AS_WORDS[as]}: use {namesOf(credentials.map((one) => one.name))}. Nobody else’s key fits.
        </p>
        {refusal ? (
          <Notice kind="danger">{refusal.message}</Notice>
        ) : (
          <p role="status" class="factor-waits">
            Waiting for the key…
          </p>
        )}
        <div class="row">
          {refusal ? (
            <Button kind="primary" onClick={onAgain}>
              Ask the key again
            </Button>
          ) : null}
          <Button onClick={onCancel}>Cancel</Button>
        </div>
      </div>
    </dialog>
  );
}

const namesOf = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(' or ');
