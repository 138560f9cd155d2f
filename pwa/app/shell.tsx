import { Suspense } from 'preact/compat';
import { Button } from '../../shared/ui/Button.tsx';
import { EmptyState } from '../../shared/ui/EmptyState.tsx';
import { online } from '../platform/online.ts';
import { applyUpdate, updateWaiting } from '../platform/update.ts';
import { access, lock } from './access.ts';
import { Icon } from './icons.tsx';
import { newerTab, service, status } from './ledger.ts';
import { href, place } from './router.ts';
import { beginsAnew, ROUTES, screenOf } from './routes.ts';
import { anythingUnsaved } from './unsaved.ts';
import { useQuery } from './use-query.ts';

/** Header, navigation and the screen that the address names. */
export function Shell() {
  const now = status.value;
  const ready = now.state === 'ready' ? now : null;
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      <header>
        <div class="top">
          <span class="brand">Countersign</span>
          <span class="facility">{ready?.facility}</span>
          {online.value ? null : <span class="badge">Offline, all here</span>}
          <WhoIsHere />
        </div>
        {ready?.demo ? (
          <p class="demo-banner">
            <strong>Demo clinic.</strong> Made-up people, patients and vials. Nothing here is a real record.
          </p>
        ) : null}
        <UpdateBar />
      </header>
      <Navigation />
      <main id="main" tabIndex={-1}>
        <CurrentScreen />
      </main>
    </div>
  );
}

/** Who is signed in, and the way out in one press. */
function WhoIsHere() {
  const now = access.value;
  if (now.state !== 'signed-in') {
    return (
      <a class="button small quiet" href={href('sign-in')}>
        Sign in
      </a>
    );
  }
  return (
    <span class="who-is-here">
      <a href={href('sign-in')} aria-label={`Signed in: ${now.who.name}`}>
        {now.who.name}
      </a>
      <Button small onClick={() => void lock()}>
        Lock
      </Button>
    </span>
  );
}

function CurrentScreen() {
  const { screen, rest, query } = place.value;
  const Screen = screenOf(screen);
  if (!Screen) {
    return (
      <EmptyState what="There is no such page.">
        <a class="button" href={href('today')}>
          Go to Today
        </a>
      </EmptyState>
    );
  }
  return (
    <Suspense fallback={<p class="muted">Opening…</p>}>
      <Screen key={beginsAnew(screen) ? [screen, ...rest, query].join('/') : screen} />
    </Suspense>
  );
}

function Navigation() {
  const here = place.value.screen;
  const waiting = useWaiting();
  const inMore = ROUTES.some((r) => r.name === here && r.place === 'more');
  const current = (on: boolean) => (on ? ('page' as const) : undefined);
  return (
    <nav class="nav" aria-label="Main">
      {ROUTES.filter((r) => r.place === 'nav').map((r) => (
        <a key={r.name} href={href(r.name)} aria-current={current(r.name === here)}>
          <Icon name={r.name} />
          {r.title}
        </a>
      ))}
      <a href={href('more')} class="only-small" aria-current={current(here === 'more' || inMore)}>
        <Icon name="more" />
        <span>
          More <Count of={waiting} />
        </span>
      </a>
      {ROUTES.filter((r) => r.place === 'more').map((r) => (
        <a key={r.name} href={href(r.name)} class="only-large" aria-current={current(r.name === here)}>
          <Icon name={r.name} />
          {r.name === 'approvals' ? (
            <span>
              {r.title} <Count of={waiting} />
            </span>
          ) : (
            r.title
          )}
        </a>
      ))}
    </nav>
  );
}

/** How many proposals stand open; none while there is no ledger. */
function useWaiting(): number {
  const ready = status.value.state === 'ready';
  const loaded = useQuery(async () => (ready ? service.openProposals() : 0), String(ready));
  return loaded.state === 'ready' ? loaded.value : 0;
}

function Count({ of }: { of: number }) {
  if (of === 0) return null;
  return (
    <span class="badge warn nav-count">
      {of}
      <span class="visually-hidden"> waiting</span>
    </span>
  );
}

/** A later version waits here until nothing is half done and somebody presses the button. */
function UpdateBar() {
  const text = newerTab.value
    ? 'Another tab runs a newer version of Countersign. Reload this one to go on.'
    : 'A new version of Countersign is ready.';
  if (!updateWaiting.value && !newerTab.value) return null;
  return (
    <div class="update-bar" role="status">
      <span>{anythingUnsaved.value ? `${text} Finish what you are doing first.` : text}</span>
      {anythingUnsaved.value ? null : (
        <Button small onClick={() => (updateWaiting.value ? void applyUpdate() : location.reload())}>
          Reload now
        </Button>
      )}
    </div>
  );
}
