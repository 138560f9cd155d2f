import { appPage } from '../kit/html.mjs';

export const answer = () => appPage('Patient Chart', '/vetspire/app.js');
