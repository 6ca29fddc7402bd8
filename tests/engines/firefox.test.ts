import { describe } from 'vitest';
import { promises } from './promises';

describe('Firefox', () => promises('firefox'));
