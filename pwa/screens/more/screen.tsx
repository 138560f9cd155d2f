import { Icon } from '../../app/icons.tsx';
import { href } from '../../app/router.ts';
import { ROUTES } from '../../app/routes.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';

const WHAT_FOR: Record<string, string> = {
  receive: 'Take in an order: products, lots, new numbers',
  approvals: 'What one person proposes and another approves',
  patients: 'Find a patient, and what was given to them',
  people: 'Who may sign, with which role',
  verify: 'Check every record and signature, here or in a package',
  export: 'Hand over the records, or open a package',
  policy: 'The rules, where each comes from, and how they change',
  settings: 'Appearance, scanner, extension, storage',
};

/** What does not fit into the bar at the thumb. */
export function Screen() {
  return (
    <>
      <ScreenHead title="More" />
      <ul class="list panel">
        {ROUTES.filter((route) => route.place === 'more').map((route) => (
          <li key={route.name}>
            <a class="more-link" href={href(route.name)}>
              <Icon name={route.name} />
              <span>
                <strong>{route.title}</strong>
                <br />
                <span class="muted small">{WHAT_FOR[route.name]}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
