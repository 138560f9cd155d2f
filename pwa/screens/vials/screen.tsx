import { place } from '../../app/router.ts';
import { VialDetail } from './VialDetail.tsx';
import { VialList } from './VialList.tsx';

/** All containers (`#/vials`), or one of them (`#/vials/ID`). */
export function Screen() {
  const id = place.value.rest[0];
  return id === undefined ? <VialList /> : <VialDetail key={id} id={id} />;
}
