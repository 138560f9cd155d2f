import { appPage } from '../kit/html.mjs';

export const answer = () => appPage('Patient', '/openvpm/app.js');
