import type { ComponentChildren, Ref } from 'preact';

export type ButtonProps = {
  children: ComponentChildren;
  kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  type?: 'button' | 'submit';
  wide?: boolean;
  small?: boolean;
  /** Says that the work is going on; a busy button keeps the focus and does nothing. */
  busy?: boolean;
  disabled?: boolean;
  onClick?: () => void;
  buttonRef?: Ref<HTMLButtonElement>;
  label?: string | undefined;
};

/** A button that is never taken out of the tab order: a disabled one says so and refuses. */
export function Button(props: ButtonProps) {
  const { children, kind = 'plain', type = 'button', wide, small, busy, disabled, onClick } = props;
  const off = busy === true || disabled === true;
  const name = ['button', kind, wide ? 'wide' : '', small ? 'small' : ''].filter(Boolean).join(' ');
  return (
    <button
      type={type}
      class={name}
      ref={props.buttonRef ?? null}
      aria-disabled={off}
      aria-busy={busy === true}
      aria-label={props.label}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? <>{children}…</> : children}
    </button>
  );
}
