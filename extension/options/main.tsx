import { render } from 'preact';
import '../../shared/ui/tokens.css';
import '../../shared/ui/ui.css';
import './options.css';
import { Connection } from '../overlay/connection.ts';
import { Options } from './app.tsx';

const root = document.getElementById('app');
if (root) render(<Options connection={new Connection(null)} />, root);
