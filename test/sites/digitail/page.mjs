import { appPage } from '../kit/html.mjs';

export const answer = () => appPage('Patient', '/digitail/app.js');
