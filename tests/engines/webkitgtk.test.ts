import { describe } from 'vitest';
import { promises } from './promises';

describe('WebKitGTK', () => promises('webkitgtk'));
