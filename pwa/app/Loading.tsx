import type { ComponentChildren } from 'preact';
import { Button } from '../../shared/ui/Button.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import type { Loaded } from './use-query.ts';

/** Shows what a query gave, that it is coming, or why it did not. */
export function Loading<T>(props: {
  of: Loaded<T> & { reload?: () => void };
  children: (value: T) => ComponentChildren;
}) {
  const { of, children } = props;
  if (of.state === 'loading')
    return (
      <p class="muted" role="status">
        Reading the ledger…
      </p>
    );
  if (of.state === 'ready') return <>{children(of.value)}</>;
  return (
    <Notice kind="danger" title="The ledger could not be read.">
      <p>{of.message}</p>
      <div>
        <Button onClick={() => of.reload?.()}>Try again</Button>
      </div>
    </Notice>
  );
}
