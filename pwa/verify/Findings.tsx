type Item = {
  readonly code: string;
  readonly message: string;
  readonly seq?: number;
  readonly file?: string;
  readonly severity?: 'breach' | 'note';
};

type Props = { readonly title: string; readonly items: readonly Item[]; readonly count: number };

/** A list of what was found, in its order; absent when there is nothing. */
export function Findings({ title, items, count }: Props) {
  if (items.length === 0) return null;
  return (
    <section class="card">
      <h2>{title}</h2>
      <ol class="findings">
        {items.map((item) => (
          <li key={`${item.seq ?? ''} ${item.code} ${item.message}`}>
            <span class={item.severity === 'note' ? 'code note' : 'code'}>{item.code}</span> {placeOf(item)}
            {item.message}
          </li>
        ))}
      </ol>
      {count > items.length && <p>and {count - items.length} more.</p>}
    </section>
  );
}

function placeOf({ seq, file }: Item): string {
  if (seq !== undefined) return `Record ${seq}: `;
  return file === undefined ? '' : `${file}: `;
}
