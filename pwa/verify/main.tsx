import '../../shared/ui/tokens.css';
import './verify.css';
import { render } from 'preact';
import { Verifier } from './Verifier.tsx';

const place = document.getElementById('verifier');
if (place) render(<Verifier />, place);
