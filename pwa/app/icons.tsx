/** One-stroke pictures for the navigation; the word always stands beside them. */
const PATHS: Record<string, string> = {
  today: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h4',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8v8M11 8v8M13 8v8M16 8v8',
  vials: 'M9 3h6v4H9zM8 7h8v13a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1zM8 13h8',
  count: 'M5 4v14M9 4v14M13 4v14M17 4v14M3 15L19 7M4 21h16',
  ledger: 'M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM9 9h6M9 13h6M5 18a2 2 0 0 1 2-2h12',
  more: 'M4 7h16M4 12h16M4 17h16',
  receive: 'M4 13v7h16v-7M12 4v11M8 11l4 4 4-4',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M17 14a5 5 0 0 1 4 6',
  approvals: 'M5 3h14v10a7 8 0 0 1-14 0zM8.500 11l2.500 2.500 4.500-5',
  patients:
    'M12 21c-3 0-5-1.500-5-3.500 0-2 2.500-4.500 5-4.500s5 2.500 5 4.500c0 2-2 3.500-5 3.500M5.500 12v.010M9 7v.010M15 7v.010M18.500 12v.010',
  policy: 'M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 15h7',
  verify: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.500-1-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-5',
  export: 'M4 13v7h16v-7M12 15V4M8 8l4-4 4 4',
  settings: 'M4 7h10M18 7h2M14 5v4M4 12h2M10 12h10M8 10v4M4 17h8M16 17h4M14 15v4',
};

export function Icon({ name }: { name: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name] ?? PATHS.more} />
    </svg>
  );
}
