import { FramePicker } from './picker/in-frame.ts';
import { PagePicker } from './picker/in-page.ts';
import { pieces } from './pieces.ts';

/** Put in when somebody sets a page up, into the page and its frames; the later one takes over. */
pieces.countersignPicker?.end();
pieces.countersignPicker = window === window.top ? new PagePicker() : new FramePicker();
pieces.countersignPicker.start();
