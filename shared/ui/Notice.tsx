import type { ComponentChildren } from 'preact';

export type NoticeKind = 'info' | 'ok' | 'warn' | 'danger';

/** A sentence that stands out. Danger interrupts a screen reader; the others wait their turn. */
export function Notice(props: {
  kind?: NoticeKind;
  title?: string | undefined;
  children?: ComponentChildren;
  /** True for what was there when the screen opened: it is read in its place, not announced. */
  quiet?: boolean;
}) {
  const { kind = 'info', title, children } = props;
  const role = props.quiet ? undefined : kind === 'danger' ? 'alert' : 'status';
  return (
    <div class={`notice ${kind}`} role={role}>
      {title ? <div class="title">{title}</div> : null}
      {children ? <div class="stack tight">{children}</div> : null}
    </div>
  );
}
