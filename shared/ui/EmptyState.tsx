import type { ComponentChildren } from 'preact';

/** Says what is empty and what to do about it. */
export function EmptyState({ what, children }: { what: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{what}</p>
      {children}
    </div>
  );
}
