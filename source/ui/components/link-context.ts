import {createContext} from 'react';

/** Whether the terminal shows links (OSC 8). */
export const LinkContext = createContext(false);
