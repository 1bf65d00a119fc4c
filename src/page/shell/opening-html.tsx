import { renderToStaticMarkup } from 'react-dom/server';
import { Opening } from './opening.tsx';

/** The page that is opening, for index.html: the build writes it there. */
export const openingHtml: string = renderToStaticMarkup(<Opening />);
