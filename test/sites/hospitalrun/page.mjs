import { appPage } from '../kit/html.mjs';

export const answer = () => appPage('HospitalRun-shaped', '/hospitalrun/app.js');
