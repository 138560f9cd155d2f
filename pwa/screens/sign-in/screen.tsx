import { Button } from '../../../shared/ui/Button.tsx';
import { access, lock, signOut } from '../../app/access.ts';
import { back, href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { SignIn } from '../../app/SignIn.tsx';

/** Signing in, and what it is for; or who is signed in, and the two ways out. */
export function Screen() {
  const now = access.value;
  return now.state === 'signed-in' ? (
    <SignedInPanel name={now.who.name} seconds={now.who.idleSeconds} />
  ) : (
    <>
      <ScreenHead title="Sign in" />
      <div class="panel stack narrow">
        <p>
          Signed in, you can read patients’ names, and you are offered first where somebody signs. Each
          signature asks for your PIN all the same. Drawing, wasting and counting need no signing in.
        </p>
        <SignIn action="Sign in" onDone={back} />
      </div>
    </>
  );
}

function SignedInPanel({ name, seconds }: { name: string; seconds: number }) {
  return (
    <>
      <ScreenHead title="Signed in" />
      <div class="panel stack narrow">
        <p>
          <strong>{name}</strong> is signed in on this page. It locks by itself after {idleText(seconds)} in
          which nobody touches it.
        </p>
        <div class="row">
          <Button kind="primary" onClick={() => void lock()}>
            Lock
          </Button>
          <Button onClick={() => void signOut()}>Sign out</Button>
        </div>
        <p class="small muted">
          Lock covers every tab of Countersign on this device until somebody types a PIN. Sign out leaves it
          open, without patients’ names, for whoever comes next.
        </p>
        <p>
          <a href={href('patients')}>Find a patient</a>
        </p>
      </div>
    </>
  );
}

const idleText = (seconds: number): string => {
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  return seconds % 60 === 0 ? `${minutes} minutes` : `${minutes} min ${seconds % 60} s`;
};
