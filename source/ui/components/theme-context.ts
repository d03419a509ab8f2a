import {createContext, useContext} from 'react';
import {createTheme, type Theme} from '../theme.ts';

export const ThemeContext = createContext<Theme>(createTheme(true));

export const useTheme = (): Theme => useContext(ThemeContext);
