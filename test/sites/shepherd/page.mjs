import { appPage } from '../kit/html.mjs';

export const answer = () => appPage('SOAP', '/shepherd/app.js');
