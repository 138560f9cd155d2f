import { appPage } from '../kit/html.mjs';

export const answer = () => appPage('Records', '/ezyvet/app.js');
